/** Where a project's settings stand, or would stand: `pyproject.toml` or `groundwork.toml`, in the project's root. */
export interface ConfigurationFile {
  readonly name: string;
  /** Empty where there is no such file yet. */
  readonly text: string;
}

/** The keys above the settings in a configuration file. */
export function tableOf(file: Pick<ConfigurationFile, "name">): readonly string[] {
  return file.name === "groundwork.toml" ? [] : ["tool", "groundwork"];
}

/** The keys above ruff's settings in the file that holds them. */
export function ruffTableOf(file: Pick<ConfigurationFile, "name">): readonly string[] {
  return file.name.endsWith("ruff.toml") ? [] : ["tool", "ruff"];
}
