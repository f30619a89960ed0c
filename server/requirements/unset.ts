import type { Span } from "../core/text.ts";
import type { Entry, RequirementsFile } from "./model.ts";

/** A place where pip puts in an environment variable (`${NAME}`, in capitals only). */
export interface VariablePlace {
  readonly name: string;
  readonly at: Span;
}

/**
 * The variables of a line that are nowhere set, as far as one machine can tell: what looks like a password or a build
 * server's own is left out, since it is set where it is needed and nowhere else.
 */
export function unsetVariables(
  { at }: Entry,
  { text }: RequirementsFile,
  isSet: (name: string) => boolean,
): VariablePlace[] {
  const source = text.slice(at.start, at.end);
  if (!source.includes("${")) return [];
  return [...source.matchAll(/\$\{([A-Z0-9_]+)\}/g)].flatMap(({ index, 0: spelt, 1: name = "" }) => {
    if (isSet(name) || isSetElsewhere.test(name) || isUserInfo(source, index)) return [];
    const start = at.start + index;
    return [{ name, at: { start, end: start + spelt.length } }];
  });
}

/** Secrets by their names, what shells and activated environments set, and the variables of build servers. */
const isSetElsewhere =
  /(?:^|_)(?:API|AUTH|CRED\w*|KEY|LOGIN|PASS\w*|PAT|PWD|PW|SECRET|TOKEN|USER\w*)(?:_|$)|^(?:HOME|PATH|TEMP|TMP|TMPDIR|USERPROFILE|VIRTUAL_ENV|CONDA_\w+)$|^(?:ARTIFACTORY|AWS|AZURE|BITBUCKET|BUILD|BUILDKITE|CI|CIRCLE|CODEARTIFACT|CODEBUILD|GITHUB|GITLAB|JENKINS|NEXUS|READTHEDOCS|RUNNER|SYSTEM|TRAVIS)(?:_|$)/;

/** Whether a place stands before the `@` of an address: a user name or a password. */
function isUserInfo(source: string, index: number): boolean {
  return /:\/\/[^\s/]*$/.test(source.slice(0, index)) && /^[^\s/]*@/.test(source.slice(index));
}
