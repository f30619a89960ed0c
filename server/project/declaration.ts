/** What a declaration is for: `build` serves setup.py, `constraint` only limits versions. */
export type Role = "runtime" | "development" | "build" | "constraint" | "lock";

/** A distribution that a file of the project says it needs. */
export interface Declaration {
  /** As it is spelt. */
  readonly name: string;
  readonly role: Role;
}

/** What one file declares. */
export interface Declarations {
  readonly declared: readonly Declaration[];
  /** Whether it says which Python the project runs on. */
  readonly saysPython: boolean;
  /** Whether it asks for more than can be read: a computed list, a URL or a path without a name. */
  readonly isOpen: boolean;
  /** Whether what is computed is read from a requirements file, which then tells by itself, if it is there. */
  readonly readsFile?: boolean;
  /** The name of the project itself. */
  readonly project?: string;
}

export const nothingDeclared: Declarations = { declared: [], saysPython: false, isOpen: false };

/** A trove classifier says which Python as well as `requires-python` does, if less exactly. */
export function hasPythonClassifier(text: string): boolean {
  return /Programming Language :: Python :: \d/.test(text);
}

/** The distribution that a requirement (PEP 508) names, or undefined when it names none. */
export function nameInRequirement(requirement: string): string | undefined {
  return /^\s*([A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)\s*(?:[[(<>=!~;@,#]|$)/.exec(requirement)?.[1];
}

/** Requirements (PEP 508), one a string, in one role; what names nothing leaves the declarations open. */
export function declaredIn(requirements: readonly unknown[], role: Role): Declarations {
  const names = requirements.map((each) => (typeof each === "string" ? nameInRequirement(each) : undefined));
  const declared = names.flatMap((name) => (name === undefined ? [] : [{ name, role }]));
  return { declared, saysPython: false, isOpen: names.includes(undefined) };
}

export function joined(parts: readonly Declarations[]): Declarations {
  const readsFile = parts.some((part) => part.readsFile);
  const project = parts.find((part) => part.project !== undefined)?.project;
  return {
    declared: parts.flatMap((part) => part.declared),
    saysPython: parts.some((part) => part.saysPython),
    isOpen: parts.some((part) => part.isOpen),
    ...(readsFile ? { readsFile } : {}),
    ...(project === undefined ? {} : { project }),
  };
}

/** The role that a group, an extra or a file has by its name. */
export function roleOf(name: string): "runtime" | "development" {
  return developmentNames.test(name) ? "development" : "runtime";
}

const developmentNames =
  /(?:^|[-_./])(?:dev|devel|develop|development|tests?|testing|docs?|documentation|lint|linters?|linting|format|typing|types|mypy|ci|tox|nox|setup|build|release|bench|benchmarks?|examples?|notebooks?|tutorials?|optional|extras?|tools?|style|quality|pre-?commit|debug|local)(?=$|[-_./])/i;
