import type { Argument, Command, Option } from "commander";
import { refactorings, rules } from "../languages.ts";
import type { ExitCode } from "./main.ts";

export type Shell = "bash" | "zsh" | "fish";

/** The words of arguments which commander does not know, by command. */
const words: Readonly<Record<string, () => readonly string[]>> = {
  explain: () => rules.map(({ name }) => name),
  refactor: () => refactorings.map(({ name }) => name),
};

/** What can follow a command: its subcommands, options and the words that an argument or an option takes. */
interface Completed {
  /** The words that call it, without the program's name; empty for the program itself. */
  readonly path: readonly string[];
  readonly words: readonly Word[];
  readonly options: readonly Word[];
  /** Words by the options that they may follow. */
  readonly values: readonly { readonly flags: readonly string[]; readonly words: readonly string[] }[];
}

interface Word {
  readonly text: string;
  readonly description: string;
}

/** `groundwork completion SHELL`: a script to be sourced; where no word of ours fits, files are offered. */
export function completion(program: Command, shell: Shell): ExitCode {
  const commands = commandsOf(program, []);
  process.stdout.write(
    shell === "fish" ? fishScript(program.name(), commands) : bashScript(program.name(), commands, shell),
  );
  return 0;
}

function commandsOf(command: Command, path: readonly string[]): Completed[] {
  const help = command.createHelp();
  const subcommands = help.visibleCommands(command);
  const options = help.visibleOptions(command);
  const own: Completed = {
    path,
    words: [
      ...subcommands.map((each) => ({ text: each.name(), description: each.description() })),
      ...[...command.registeredArguments.flatMap(choicesOf), ...(words[command.name()]?.() ?? [])].map((text) => ({
        text,
        description: "",
      })),
    ],
    options: options.flatMap((each) => flagsOf(each).map((text) => ({ text, description: each.description }))),
    values: options.flatMap((each) => {
      const words = choicesOf(each);
      return words.length > 0 ? [{ flags: flagsOf(each), words }] : [];
    }),
  };
  const below = subcommands.filter((each) => each.name() !== "help");
  return [own, ...below.flatMap((each) => commandsOf(each, [...path, each.name()]))];
}

function flagsOf({ short, long }: Option): string[] {
  return [short, long].flatMap((flag) => flag ?? []);
}

function choicesOf({ argChoices }: Option | Argument): readonly string[] {
  return argChoices ?? [];
}

/** zsh runs it, too, by its `bashcompinit` (zshcompsys(1)). */
function bashScript(name: string, commands: readonly Completed[], shell: "bash" | "zsh"): string {
  const known = commands.filter(({ path }) => path.length > 0).map(({ path }) => quoted(path.join(" ")));
  const cases = commands.map(({ path, words, options, values }) => {
    const after = values.map(
      ({ flags, words: choices }) => `        ${flags.join("|")}) words=${quoted(choices.join(" "))} ;;\n`,
    );
    const listed = (all: readonly Word[]) => quoted(all.map(({ text }) => text).join(" "));
    return `    ${quoted(path.join(" "))})
      case "$previous" in
${after.join("")}        *) case "$current" in -*) words=${listed(options)} ;; *) words=${listed(words)} ;; esac ;;
      esac ;;
`;
  });
  const head = shell === "zsh" ? "autoload -U +X bashcompinit && bashcompinit\n" : "";
  return `${head}_${name}_completion() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" command="" words="" word
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "\${command:+$command }$word" in
      ${known.join("|")}) command="\${command:+$command }$word" ;;
    esac
  done
  case "$command" in
${cases.join("")}  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _${name}_completion ${name}
`;
}

function fishScript(name: string, commands: readonly Completed[]): string {
  const lines = commands.flatMap(({ path, words, options, values }) => {
    const others = commands.flatMap((each) => (each.path.length === path.length + 1 ? (each.path.at(-1) ?? []) : []));
    const seen = path.map((word) => `__fish_seen_subcommand_from ${word}`);
    const unseen = others.length > 0 ? [`not __fish_seen_subcommand_from ${others.join(" ")}`] : [];
    const when = [...seen, ...unseen].join("; and ");
    const start = `complete -c ${name}${when === "" ? "" : ` -n ${quoted(when)}`}`;
    const described = ({ description }: Word) => (description === "" ? "" : ` -d ${quoted(description)}`);
    return [
      ...words.map((word) => `${start} -a ${word.text}${described(word)}`),
      ...options.map((option) => {
        const choices = values.find(({ flags }) => flags.includes(option.text));
        const flag = option.text.startsWith("--") ? `-l ${option.text.slice(2)}` : `-s ${option.text.slice(1)}`;
        return `${start} ${flag}${choices ? ` -x -a ${quoted(choices.words.join(" "))}` : ""}${described(option)}`;
      }),
    ];
  });
  return `${lines.join("\n")}\n`;
}

/** One word of a shell, whatever it holds. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
