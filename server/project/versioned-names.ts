const versioned =
  /^(.*?[A-Za-z])(?:_?[vV]?[1-9]|_(?:new|old|copy|backup|bak|orig|original|fixed|final|improved|prev)\d?)$/;
/** `log2` is a name of mathematics, and no second `log`. */
const mathematical = /(?:log|exp|tan)\d$/;
/** Numbers of published architectures of networks: `mobilenet_v3` is no newer `mobilenet_v2`, and both are wanted. */
const architecture =
  /(?:[A-Za-z](?:net|former)|inception|xception|bert|gpt|llama|yolo|vgg|gan|vit|swin|deeplab|whisper)_?[a-z]?\d{1,2}$/i;
/** `local_ip6` and `bind_ipv4` are for a version of a protocol. */
const protocol =
  /(?:(?<![A-Za-z])[Ii]p|(?<![A-Z])I[Pp]|[Ii]net|INET|[Aa]ddr|ADDR|[Ss]ock|SOCK|[Uu]dp|UDP|[Tt]cp|TCP)_?[vV]?[46]$/;

/** `sampleChart2` shows how something is used once more; `sample_rows` draws rows. */
const demonstration = /^_*(?:[Ss]ample(?![a-z]|_[a-z])|(?:[Dd]emo|[Ee]xample)s?(?![a-z]))/;

/** Does the number of a name say which of several things it is for, of which each is wanted? */
function isNumbered(name: string): boolean {
  return architecture.test(name) || protocol.test(name);
}

/** The name that another is a version of: the one without the suffix, or the first version before it. */
export function baseOf(name: string, names: Iterable<string>): string | undefined {
  const stem = versioned.exec(name)?.[1];
  if (stem === undefined || mathematical.test(name) || demonstration.test(name) || isNumbered(name)) return undefined;
  let first: string | undefined;
  let isPassed = false;
  for (const other of names) {
    if (other === stem) return stem;
    if (other === name) isPassed = true;
    if (!isPassed && first === undefined && versioned.exec(other)?.[1] === stem) first = other;
  }
  return first;
}

/** From three on, what is numbered is a series: first, second, third. */
const fewestOfSeries = 3;

/** Is a name one of several that differ in their numbers alone? */
export function isOfSeries(name: string, names: Iterable<string>): boolean {
  const stem = withoutNumber(name);
  return (
    stem !== name && [...names].filter((each) => each !== stem && withoutNumber(each) === stem).length >= fewestOfSeries
  );
}

function withoutNumber(name: string): string {
  return name.replace(/_?\d+$/, "");
}

/** Is any of these names a version of another? */
export function hasVersions(names: ReadonlySet<string>): boolean {
  for (const name of names) if (baseOf(name, names) !== undefined) return true;
  return false;
}

const versionedFile =
  /^((?:.*\/)?[^/]*?[A-Za-z])((?:[-_ ]?[vV]?)(\d{1,2})|[-_ ](?:new|old|copy|backup|bak|orig|original|fixed|final|improved|prev)\d?|-Copy\d+| \(\d+\)| (?:- )?[Cc]opy(?: \(?\d+\)?)?)(\.py|\.ipynb)$/;

/**
 * The paths of the files that this one may be a version of: without the suffix, then the first versions before it. `qt5` is
 * no version of `qt4`, so that a number right behind a word counts only beside the word alone.
 */
export function originalsOf(path: string): readonly string[] {
  const [, stem, suffix = "", digits, extension] = versionedFile.exec(path) ?? [];
  if (stem === undefined || isNumbered(path.replace(/\.\w+$/, ""))) return [];
  const before = suffix.slice(0, suffix.length - (digits?.length ?? 0));
  const count = before === "" ? 0 : Number(digits ?? 0) - 1;
  const earlier = Array.from({ length: Math.max(0, count) }, (_, index) => `${stem}${before}${index + 1}`);
  return [stem, ...earlier].map((each) => `${each}${extension}`);
}
