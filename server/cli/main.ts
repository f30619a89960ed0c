import * as l10n from "@vscode/l10n";
import { Argument, Command, CommanderError, InvalidArgumentError, Option } from "commander";
import manifest from "../../package.json" with { type: "json" };
import { loadBundledGrammars } from "../host/grammars.ts";
import type { ScanThreads } from "../host/scan-threads.ts";
import type { Shell } from "./completion.ts";

/** Nothing found; something found or left; called wrongly or unreadable; no environment of the project's own. */
export type ExitCode = 0 | 1 | 2 | 3;

/** Does what a command line says, and leaves its exit code in `process.exitCode`. */
export async function runCommandLine(words: readonly string[]): Promise<void> {
  try {
    await commandLine().parseAsync(words, { from: "user" });
  } catch (error) {
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
    else {
      console.error(`groundwork: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      process.exitCode = 2;
    }
  }
}

function commandLine(): Command {
  const program = new Command("groundwork");
  program
    .description(l10n.t("Takes Python projects from experimental code to production code."))
    .version(manifest.version);
  program.exitOverride().showHelpAfterError();
  program
    .command("check")
    .description(l10n.t("Report the smells of files and folders."))
    .argument("[paths...]", l10n.t("files and folders; the current folder when none is given"))
    .addOption(format("text", "text", "json", "sarif", "junit"))
    .option("--fix", l10n.t("apply the fixes that are safe, then report what is left"))
    .option("--baseline", l10n.t("report only what groundwork-baseline.json does not hold"))
    .option("--record-baseline", l10n.t("write today's findings into groundwork-baseline.json"))
    .action(
      runInThreads(async (threads) => {
        const { check } = await import("./check.ts");
        return (paths: readonly string[], options: Parameters<typeof check>[1]) => check(paths, options, threads);
      }, withoutGrammars),
    );
  program
    .command("pin")
    .description(l10n.t("Pin and sort a requirements file."))
    .argument("<file>")
    .option("--write", l10n.t("replace the file instead of printing the new text"))
    .option("--env <path>", l10n.t("the environment whose versions count, in place of the one found"))
    .option("--network", l10n.t("ask the package index for what is not installed"))
    .option("--allow-shared", l10n.t("take versions also from base or the system's Python"))
    .action(run(async () => (await import("./pin.ts")).pin));
  program
    .command("sort")
    .description(l10n.t("Sort a requirements file."))
    .argument("<file>")
    .option("--write", l10n.t("replace the file instead of printing the new text"))
    .action(run(async () => (await import("./requirements.ts")).sort));
  program
    .command("move-unused")
    .description(l10n.t("Move what the code does not use from a requirements file to requirements.lock beside it."))
    .argument("[file]", l10n.t("requirements.txt when none is given"), "requirements.txt")
    .option("--write", l10n.t("replace both files instead of printing the new requirements"))
    .option("--env <path>", l10n.t("the environment, in place of the one found"))
    .action(run(async () => (await import("./move-unused.ts")).moveUnused));
  program
    .command("requirements")
    .description(l10n.t("Show a requirements file as pip reads it."))
    .argument("<file>")
    .addOption(format("json", "json"))
    .action(run(async () => (await import("./requirements.ts")).requirements));
  program
    .command("clones")
    .description(l10n.t("Show every duplicated block."))
    .argument("[path]", l10n.t("a folder or file; the current folder when none is given"))
    .addOption(format("text", "text", "json", "html"))
    .addOption(
      new Option(
        "--fail-over <percent>",
        l10n.t("exit with 1 when more of the lines lie in a copy; with `--base`, of the lines that the change adds"),
      ).argParser(percent),
    )
    .option("--base <revision>", l10n.t("only what was added since this revision of the git repository"))
    .action(run(async () => (await import("./clones.ts")).clones, withoutGrammars));
  program
    .command("refactor")
    .description(l10n.t("Refactor a piece of code without changing what it does; answers in JSON."))
    .argument("[name]", l10n.t("which refactoring; --list tells them"))
    .argument("[file]", l10n.t("the file, unless the range names it"))
    .addOption(
      new Option(
        "--range <range>",
        l10n.t("[FILE:]L1:C1-L2:C2, from 1, in code points, end exclusive; one for each copy"),
      ).argParser((range: string, before: readonly string[] | undefined) => [...(before ?? []), range]),
    )
    .option("--name <name>", l10n.t("the new name, in place of the one proposed"))
    .option("--all", l10n.t("every equal occurrence"))
    .option("--write", l10n.t("change the files"))
    .option("--list", l10n.t("list the refactorings"))
    .action(run(async () => (await import("./refactor.ts")).refactor));
  program
    .command("report")
    .description(l10n.t("Report how ready a project is for production: findings, duplication, what changed."))
    .argument("[path]", l10n.t("a folder or file; the current folder when none is given"), ".")
    .addOption(format("md", "html", "md", "json"))
    .action(
      runInThreads(async (threads) => {
        const { report } = await import("./report.ts");
        return (path: string, options: Parameters<typeof report>[1]) => report(path, options, threads);
      }),
    );
  program
    .command("add-baseline")
    .description(
      l10n.t(
        "Compare the model that a script or notebook judges with chance, a rule and a simple model, as code in it.",
      ),
    )
    .argument("<file>")
    .option("--write", l10n.t("replace the file instead of printing the new text"))
    .action(run(async () => (await import("./add-baseline.ts")).addBaseline));
  program
    .command("rules")
    .description(l10n.t("List the rules."))
    .addOption(format("text", "text", "json"))
    .action(run(async () => (await import("./rules.ts")).describeRules));
  program
    .command("explain")
    .description(l10n.t("Say what a rule finds, why, and how it is done better."))
    .argument("<rule>")
    .action(run(async () => (await import("./explain.ts")).explain));
  program
    .command("init")
    .description(l10n.t("Set a project up: a table in its configuration, on demand a pre-commit hook and a workflow."))
    .argument("[folder]", l10n.t("the project's folder; the current one when none is given"), ".")
    .option("--pre-commit", l10n.t("add the check to .pre-commit-config.yaml"))
    .option("--github", l10n.t("write a workflow for GitHub's code scanning"))
    .action(run(async () => (await import("./init.ts")).init));
  program
    .command("mcp")
    .description(
      l10n.t("Serve the findings of a project to a language model (Model Context Protocol, standard input)."),
    )
    .argument("[folder]", l10n.t("the project's folder; the current one when none is given"), ".")
    .action(run(async () => (await import("./mcp.ts")).mcp));
  program
    .command("completion")
    .description(
      l10n.t("Print a script that completes our commands in a shell: `source <(groundwork completion bash)`."),
    )
    .addArgument(new Argument("<shell>").choices(["bash", "zsh", "fish"]))
    .action(
      run(async () => {
        const { completion } = await import("./completion.ts");
        return (shell: Shell) => completion(program, shell);
      }),
    );
  program
    .command("mark")
    .description(l10n.t("Write the stage of folders or files into the configuration."))
    .addArgument(new Argument("<stage>").choices(["production", "experimental", "undecided"]))
    .argument("<paths...>")
    .action(run(async () => (await import("./stages.ts")).mark));
  program
    .command("promote")
    .description(l10n.t("Tell what stands between a file or folder and production, as a Markdown checklist."))
    .argument("[path]", l10n.t("a folder or file; the current folder when none is given"), ".")
    .option("--to-module", l10n.t("make a module of what a notebook computes, which the notebook then calls"))
    .option("--write", l10n.t("with `--to-module`: write both instead of printing the module"))
    .action(run(async () => (await import("./stages.ts")).promote));
  program
    .command("ruff")
    .description(l10n.t("Switch fitting rules of ruff on for the production folders, in ruff's own configuration."))
    .argument("[path]", l10n.t("the project's folder; the current one when none is given"), ".")
    .action(run(async () => (await import("./stages.ts")).enableRuff));
  program
    .command("stages")
    .description(l10n.t("Show the stage of every folder, and the stages that their contents suggest."))
    .argument("[path]", l10n.t("the project's folder; the current one when none is given"), ".")
    .addOption(format("text", "text", "json"))
    .action(run(async () => (await import("./stages.ts")).stages));
  program
    .command("scaffold")
    .description(l10n.t("Write a program around the model that a script trains: a service, or a job for whole files."))
    .addArgument(new Argument("<kind>").choices(["service", "batch"]))
    .argument("[path]", l10n.t("the training script or notebook, or the project's folder"), ".")
    .option("--spark", l10n.t("of a batch job: with a program for Spark, for data that outgrows one machine"))
    .option("--mlflow", l10n.t("of a service: the model for MLflow's own server"))
    .option("--bentoml", l10n.t("of a service: with BentoML in place of FastAPI"))
    .option("--features <columns>", l10n.t("what the model is fitted on, as `age:integer, plan:text, fee:number?`"))
    .option("--folder <name>", l10n.t("the name of the new folder"))
    .option("--env <path>", l10n.t("the environment whose versions count, in place of the one found"))
    .action(run(async () => (await import("./scaffold.ts")).scaffold));
  program
    .command("create-requirements")
    .description(l10n.t("Make a requirements file of what the code imports, pinned to what is installed."))
    .argument("[path]", l10n.t("the project's folder; the current one when none is given"), ".")
    .option("--write", l10n.t("write requirements.txt instead of printing it; an existing one stays"))
    .option("--env <path>", l10n.t("the environment whose versions count, in place of the one found"))
    .option("--network", l10n.t("ask the package index for what is not installed"))
    .option("--allow-shared", l10n.t("take versions also from base or the system's Python"))
    .action(run(async () => (await import("./create-requirements.ts")).createRequirementsFile));
  program
    .command("install")
    .description(l10n.t("Install a requirements file into the project's environment, with its own pip."))
    .argument("[file]", l10n.t("requirements.txt when none is given"), "requirements.txt")
    .option("--env <path>", l10n.t("the environment, in place of the one found"))
    .option("--allow-shared", l10n.t("install also into base or the system's Python"))
    .action(run(async () => (await import("./install.ts")).install));
  const environments = program.command("env").description(l10n.t("Manage the project's Python environment."));
  environments
    .command("create")
    .description(l10n.t("Create an environment and install the project's requirements into it."))
    .addOption(
      new Option("--tool <tool>", l10n.t("what makes it")).choices(["conda", "mamba", "micromamba", "uv", "venv"]),
    )
    .option("-n, --name <name>", l10n.t("its name (conda); the folder's when none is given"))
    .option("-p, --prefix <path>", l10n.t("its folder, in place of a name"))
    .option("--python <version>", l10n.t("its Python version; what the project declares when none is given"))
    .option(
      "-r, --requirements <file...>",
      l10n.t("what is installed: requirements files, environment.yml, pyproject.toml; the usual one by default"),
    )
    .option("--replace", l10n.t("delete an environment that stands in its place"))
    .option("--folder <path>", l10n.t("the project's folder"), ".")
    .addOption(format("text", "text", "json"))
    .action(run(async () => (await import("./environments.ts")).createEnvironmentCommand));
  environments
    .command("list")
    .description(l10n.t("List the environments that the project could use; a star marks the one that it uses."))
    .argument("[folder]", l10n.t("the project's folder; the current one when none is given"), ".")
    .addOption(format("text", "text", "json"))
    .action(run(async () => (await import("./environment-doctor.ts")).listCommand));
  environments
    .command("select")
    .description(l10n.t("Let the project use an environment, as the editor's setting `groundwork.environment` does."))
    .argument("[environment]", l10n.t("its folder or interpreter, or its name in the list"))
    .option("--clear", l10n.t("select none any more"))
    .option("--folder <path>", l10n.t("the project's folder"), ".")
    .action(run(async () => (await import("./select-environment.ts")).selectCommand));
  environments
    .command("doctor")
    .description(l10n.t("Say what is wrong with the project's environment, and the commands that mend it."))
    .argument("[folder]", l10n.t("the project's folder; the current one when none is given"), ".")
    .option("--env <path>", l10n.t("the environment, in place of the one found"))
    .addOption(format("text", "text", "json"))
    .action(run(async () => (await import("./environment-doctor.ts")).doctorCommand));
  return program;
}

function format(preset: string, ...choices: string[]): Option {
  return new Option("--format <format>", l10n.t("how it is printed")).choices(choices).default(preset);
}

function percent(text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && value >= 0 && value <= 100) return value;
  throw new InvalidArgumentError(l10n.t("It must be a number from 0 to 100."));
}

/** Loads a command's code only when it is called, so that the others cost nothing at the start. */
function run<Arguments extends unknown[]>(
  load: () => Promise<(...values: Arguments) => Promise<ExitCode> | ExitCode>,
  prepare = loadBundledGrammars,
) {
  return async (...values: Arguments): Promise<void> => {
    const [command] = await Promise.all([load(), prepare()]);
    process.exitCode = await command(...values);
  };
}

/** The same with threads, which start when a large folder is read. */
function runInThreads<Arguments extends unknown[]>(
  load: (threads: ScanThreads) => Promise<(...values: Arguments) => Promise<ExitCode>>,
  prepare = loadBundledGrammars,
) {
  return async (...values: Arguments): Promise<void> => {
    const { idleThreads, ScanThreads } = await import("../host/scan-threads.ts");
    // A thread costs a fifth more processor time, which only an idle core has to give.
    using threads = new ScanThreads(idleThreads());
    await run(() => load(threads), prepare)(...values);
  };
}

/** For what parses nothing, or loads them itself once it must. */
function withoutGrammars(): Promise<void> {
  return Promise.resolve();
}
