import type { Project } from "../project/project.ts";
import { isMainGuard } from "../python/definitions.ts";
import { filesNamed, importTargets } from "../python/import-targets.ts";
import { plainString } from "../python/strings.ts";
import { nameOf, type Syntax } from "../python/syntax.ts";
import { type Refusal, refuse } from "./refusals.ts";

const ofPlace =
  /^(?:__(?:name|file|package|spec|loader|path|import|module)__|import_module|globals|getsourcefile|getfile)$/;
/** A relative path, or the name of a file with data. */
const data =
  /^\.{1,2}[/\\]|^[\w.-]+(?:\/[\w. -]+)*\/[\w. -]+\.\w+$|^[\w. -]+\.(?:csv|tsv|jsonl?|ya?ml|toml|ini|txt|pkl|pickle|joblib|np[yz]|h5|hdf5|parquet|feather|xlsx?|db|sqlite3?|pth?|ckpt|onnx|png|jpe?g|zip|gz)$/;
const pickles = /\b(?:pickle|cloudpickle|dill|joblib|shelve|torch\.(?:load|save))\b/;

/** Refuses a module that does something else at another path: by its name or place, its imports, or files beside it. */
export function boundToPlace(syntax: Syntax, target: string, project: Project): Refusal | undefined {
  if (syntax.isBroken) return refuse("BROKEN");
  const named = syntax.ofType("identifier").filter((node) => ofPlace.test(nameOf(syntax, node)));
  const outside = named.filter((node) => ![...node.ancestors()].some((each) => isMainGuard(syntax, each)));
  if (outside.length > 0)
    return refuse(
      "MOVE_PLACE",
      outside.map((node) => nameOf(syntax, node)),
    );
  if (/\bsys\s*\.\s*path\b/.test(syntax.text)) return refuse("MOVE_PLACE", ["sys.path"]);
  if (pickles.test(syntax.text)) return refuse("MOVE_PICKLE");
  const folderOf = (path: string) => path.slice(0, path.lastIndexOf("/") + 1);
  // Under another name in the same folder what lies beside it still does.
  if (folderOf(target) === folderOf(syntax.path)) return undefined;
  const fileOf = (paths: readonly string[]) => paths.find((path) => project.isFile(path));
  const moved = importTargets(syntax, syntax.path).filter(
    ({ name, paths }) => name.startsWith(".") || fileOf(paths) !== fileOf(filesNamed(name, target)),
  );
  if (moved.length > 0)
    return refuse(
      "MOVE_IMPORTS",
      moved.map(({ name }) => name),
    );
  const files = syntax.ofType("string").flatMap((node) => plainString(syntax, node) ?? []);
  const beside = files.filter((text) => data.test(text));
  return beside.length > 0 ? refuse("MOVE_DATA", beside) : undefined;
}
