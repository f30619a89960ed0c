import { importedNames } from "./imported-names.ts";

/** What a Python text may load, by its import statements and by names in strings. */
export interface LoadedModules {
  /** Dotted names, relative ones with their dots in front. */
  readonly names: readonly string[];
  /** Packages of which it loads members by names that are computed: `f"shop.plugins.{name}"`. */
  readonly opened: readonly string[];
  /** Whether it loads modules whose names only running it would tell. */
  readonly isOpen: boolean;
}

/** `"shop.plugins.csv"`, `"shop.app:create"`; plugins, settings and replaced functions are named so. */
const dotted = /["'](\.*[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+)(?=["':[])/g;
const opened = /["'](\.*[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)\.(?=["'{%])/g;
const loading =
  /\b(?:import_module|__import__|import_string|import_object|import_from_string|load_object|load_module|locate)\(\s*(?!["'][^"'%{]*["']\s*[,)])[^\s)]|\b(?:iter_modules|walk_packages|spec_from_file_location|SourceFileLoader|load_source|exec_module|run_path|run_module|execfile|entry_points|iter_entry_points|autodiscover\w*)\b|\b_?[Ll]azy_?(?:Module|Import|Loader)\w*\(|\blazy(?:_loader)?\.attach/;

/** Read without a tree; what is in doubt counts as loaded. */
export function loadedModules(text: string): LoadedModules {
  return {
    names: [...importedNames(text), ...[...text.matchAll(dotted)].map(([, name = ""]) => name)],
    opened: [...text.matchAll(opened)].map(([, name = ""]) => name),
    isOpen: loading.test(text),
  };
}
