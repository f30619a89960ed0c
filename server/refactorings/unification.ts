import type { SyntaxNode } from "../python/syntax.ts";
import { type Column, CopiedCode, type Role } from "./copied-code.ts";
import { firstEvaluated } from "./evaluation-order.ts";
import { isReplaceable } from "./expression-at.ts";
import type { Extraction } from "./extraction.ts";
import { isLiteral } from "./literals.ts";
import { isFormatted, isFragment, isNameSeen, isOperator, isStored, kindOfName, mayBeArgument } from "./node-kinds.ts";
import { type Refusal, refuse } from "./refusals.ts";

/** What stands at one place in each of the copies, where they differ. */
export interface Difference {
  /** The nodes of the first copy that stand for it. */
  readonly nodes: SyntaxNode[];
  /** The argument of each copy's call. */
  readonly texts: readonly string[];
}

/** The most specific generalisation of the copies (Plotkin, Reynolds): one name for each variable, and what differs. */
export interface Unification {
  /** Variables that have one name throughout each copy: their names, one for each copy, in the order of first use. */
  readonly variables: readonly (readonly string[])[];
  readonly differences: readonly Difference[];
}

interface State {
  readonly variables: Map<string, readonly string[]>;
  readonly differences: Map<string, Difference>;
  /** For each copy, the names that it binds, and the variable each one is. */
  readonly owners: readonly Map<string, string>[];
}

/** `isShared` tells whether a name of the module that all copies use is the same object for all of them. */
export function unify(
  extractions: readonly Extraction[],
  isShared: (name: string) => boolean = () => true,
): Unification | Refusal {
  return new Unifier(extractions, isShared).run();
}

/** Refusals that no larger expression could mend. */
const final = new Set(["PATTERN", "CLONE_DATAFLOW", "CLONE_GLOBAL_WRITE", "CLONE_SCOPE"]);

class Unifier {
  private readonly copies: readonly Extraction[];
  private readonly copied: CopiedCode;
  private readonly early: ReadonlySet<SyntaxNode>;
  private readonly isShared: (name: string) => boolean;
  private state: State;

  constructor(copies: readonly Extraction[], isShared: (name: string) => boolean) {
    this.copies = copies;
    this.copied = new CopiedCode(copies);
    this.isShared = isShared;
    this.early = firstEvaluated(copies[0]?.selection.statements ?? []);
    this.state = { variables: new Map(), differences: new Map(), owners: copies.map(() => new Map()) };
  }

  run(): Unification | Refusal {
    const lists = this.copies.map(({ selection }) => selection.statements);
    const refusal = this.lists(lists);
    if (refusal) return refusal;
    return { variables: [...this.state.variables.values()], differences: [...this.state.differences.values()] };
  }

  private lists(lists: readonly (readonly SyntaxNode[])[]): Refusal | undefined {
    const [first = []] = lists;
    if (lists.some((list) => list.length !== first.length)) return refuse("CLONE_SHAPE");
    for (const index of first.keys()) {
      const refusal = this.node(lists.flatMap((list) => list[index] ?? []));
      if (refusal) return refusal;
    }
    return undefined;
  }

  private node(column: Column): Refusal | undefined {
    const saved = this.saved();
    const refusal = this.parts(column);
    if (!refusal || final.has(refusal.code) || !column.every(isReplaceable)) return refusal;
    this.state = saved;
    return this.whole(column, refusal);
  }

  private saved(): State {
    const { variables, differences, owners } = this.state;
    return {
      variables: new Map(variables),
      differences: new Map([...differences].map(([key, one]) => [key, { ...one, nodes: [...one.nodes] }])),
      owners: owners.map((names) => new Map(names)),
    };
  }

  private parts(column: Column): Refusal | undefined {
    const [first] = column;
    if (!first) return undefined;
    if (column.some((node) => node.type !== first.type)) return this.unlike(column);
    if (first.type === "identifier") return this.name(column);
    if (first.type === "string") return this.string(column);
    const isSame = new Set(column.map((node, index) => this.copied.text(index, node))).size === 1;
    if (first.type === "string_content") return isSame ? undefined : this.fragment(column);
    if (first.children.length === 0) return isSame ? undefined : this.unlike(column);
    if (first.type === "case_pattern" && !isSame) return refuse("PATTERN");
    if (first.type === "interpolation" && first.hasToken("=") && !isSame) return refuse("CLONE_SHAPE");
    if (!this.copied.haveEqualGaps(column)) return refuse("CLONE_SHAPE");
    return this.lists(column.map((node) => node.children));
  }

  /** Tokens or kinds of nodes that differ: fine where each is a value that is there already. */
  private unlike(column: Column): Refusal | undefined {
    if (
      column.every(
        (node, index) => isLiteral(node) && this.copied.key(index, node) === this.copied.key(0, column[0] ?? node),
      )
    ) {
      return undefined;
    }
    if (this.copied.areSimple(column)) return this.differ(column);
    return refuse(column.some(isOperator) ? "CLONE_OPERATOR" : "CLONE_SHAPE");
  }

  /** Plain literals are values; of f-strings (PEP 498) the texts between the fields may become fields. */
  private string(column: Column): Refusal | undefined {
    if (column.every((node) => !isFormatted(node))) return this.unlike(column);
    const starts = column.map((node, index) => this.copied.text(index, node.children[0] ?? node));
    if (new Set(starts).size > 1) return refuse("CLONE_SHAPE");
    return this.lists(column.map((node) => node.children));
  }

  private fragment(column: Column): Refusal | undefined {
    return column.every(isFragment) ? this.differ(column) : refuse("CLONE_SHAPE");
  }

  private name(column: Column): Refusal | undefined {
    const [first] = column;
    const names = column.map((node, index) => this.copied.nameAt(index, node));
    const isSame = new Set(names).size === 1;
    if (!first || column.some((node) => kindOfName(node) !== kindOfName(first))) return refuse("CLONE_SHAPE");
    if (kindOfName(first) !== "variable" && !isSame) return refuse("CLONE_SHAPE");
    if (kindOfName(first) === "import") return this.bind(column, names);
    if (kindOfName(first) !== "variable") return undefined;
    const roles = column.map((node, index) => this.copied.roleOf(index, node));
    if (roles.every((each) => each === "bound")) return this.bind(column, names);
    if (roles.includes("bound")) {
      const isWritten = names.some((name, index) => this.copies[index]?.globals.has(name));
      return refuse(isWritten ? "CLONE_GLOBAL_WRITE" : "CLONE_DATAFLOW", names);
    }
    if (roles.includes("inner")) return this.inner(column, names, roles);
    if (isSame && roles.every((each) => each === "global")) return this.global(column, names);
    if (isStored(first)) return refuse(roles.includes("global") ? "CLONE_GLOBAL_WRITE" : "CLONE_DATAFLOW", names);
    if (roles.every((each) => each === "outer") && this.isFree(names)) {
      this.state.variables.set(names.join(" "), names);
      return undefined;
    }
    return this.copied.areSimple(column) ? this.differ(column) : refuse("CLONE_DATAFLOW", names);
  }

  /** One name of the module: the same for all copies, or handed over where it may be another object in each file. */
  private global(column: Column, names: readonly string[]): Refusal | undefined {
    if (this.isShared(names[0] ?? "")) return undefined;
    return this.copied.areSimple(column) ? this.differ(column) : refuse("CLONE_GLOBALS", names);
  }

  /** Does no other variable of the copies have the first copy's name for this one? */
  private isFree(names: readonly string[]): boolean {
    return [...this.state.variables.values()].every(
      (known) => known[0] !== names[0] || known.join(" ") === names.join(" "),
    );
  }

  /** Every name that a copy binds belongs to one variable. */
  private bind(column: Column, names: readonly string[]): Refusal | undefined {
    const key = names.join(" ");
    if (new Set(names).size > 1 && column.some(isNameSeen)) return refuse("CLONE_SHAPE");
    for (const [index, owner] of this.state.owners.entries()) {
      const name = names[index] ?? "";
      const known = owner.get(name);
      if (known !== undefined && known !== key) return refuse("CLONE_DATAFLOW", [name]);
      owner.set(name, key);
    }
    this.state.variables.set(key, names);
    return undefined;
  }

  /** A variable of a comprehension, lambda or function inside the copies: one of the same scope in each. */
  private inner(column: Column, names: readonly string[], roles: readonly Role[]): Refusal | undefined {
    if (!roles.every((each) => each === "inner")) return refuse("CLONE_DATAFLOW", names);
    const owners = column.map((node, index) => this.copied.ownerOf(index, node));
    const depths = column.map((node, index) => [...node.ancestors()].indexOf(owners[index]?.node ?? node));
    const mayDiffer = owners.every(({ kind }) => kind === "comprehension");
    if (new Set(depths).size > 1 || (!mayDiffer && new Set(names).size > 1)) return refuse("CLONE_DATAFLOW", names);
    const key = names.join(" ");
    for (const [index, known] of this.state.owners.entries()) {
      const place = `${owners[index]?.node.start} ${names[index]}`;
      if ((known.get(place) ?? key) !== key) return refuse("CLONE_DATAFLOW", names);
      known.set(place, key);
    }
    return undefined;
  }

  /** May the whole expression be handed over? Only when it is what the copies do first. */
  private whole(column: Column, why: Refusal): Refusal | undefined {
    const [first] = column;
    if (!first) return why;
    if (this.copied.areSimple(column)) return this.differ(column);
    const isFirst = this.early.has(first) && column.every((node, index) => this.copied.isFromOutside(index, node));
    if (isFirst && column.every(mayBeArgument)) return this.differ(column);
    if (column.some((node) => /^(list|dictionary|set)$/.test(node.type))) return refuse("CLONE_ALIAS");
    return why;
  }

  private differ(column: Column): Refusal | undefined {
    const [first] = column;
    const texts = column.flatMap((node, index) => this.copied.argument(index, node) ?? []);
    if (!first || texts.length < column.length) return refuse("CLONE_SHAPE");
    const key = JSON.stringify(column.map((node, index) => this.copied.key(index, node)));
    const same = this.state.differences.get(key);
    if (same) same.nodes.push(first);
    else this.state.differences.set(key, { nodes: [first], texts });
    return undefined;
  }
}
