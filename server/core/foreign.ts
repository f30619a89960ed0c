/** Folders into which the code of other projects is copied. */
export const vendoredFolders: ReadonlySet<string> = new Set(
  "3rdparty _vendor _vendored bundled extern externals extlibs third-party third_party thirdparty vendor vendored".split(
    " ",
  ),
);

/** As far as what a file says of itself is looked for, in UTF-16 units. */
export const farthestSaid = 2000;
const firstCode = /^(?:def |class |async |@|if |try:|for |with |(?!from\b)[A-Za-z_]\w*\s*[:=([.])/m;

const generated =
  /@generated\b|^#\s*(?:auto-?\s?|automatically )?generated (?:by|from|with|using)\b|^#\s*produced by [\w.]+-v?\d|\bthis (?:file|module|code) (?:is|was|has been) (?:auto-?\s?|automatically )?generated\b|\bthis is an? (?:auto-?\s?|automatically )?generated (?:file|module)\b|\bchanges made (?:in|to) this file will be (?:lost|overwritten)\b/im;
const word = /\b(?:auto)?generated\b/i;
const plea = /\b(?:do not|don't|must not|should not|never)\s+(?:be\s+)?(?:\w+\s+)?(?:edit|modif|chang|touch|alter)/i;
/** The same without the word, where the file itself is meant as a whole … */
const pleaForFile =
  /\b(?:do not|don't|must not|should not|never)\s+(?:\w+\s+)?(?:edit|modify|change) this (?:file|module)(?=\s*(?:$|[^\w\s'’-]|(?:directly|manually|by hand|yourself|instead)\b))/im;
/** … and it is said what to run, or which file to edit, to get another one. */
const another =
  /\brun:?\s+(?:[`"'$]\s*)?(?:python|make\b|[\w-]*[./]\w)|\brun:?\s+[`"']\w|^[ \t#$>`]*(?:python[\d.]*|make) (?!sure\b)[\w./-]+`?\s*$|\b(?:edit|modify|change|update)\s+(?:the )?[`"']?[\w./-]*\w\.[a-z]\w+\b/im;

const vendored =
  /^[\s#"']*(?:this (?:file|module|code) is )?(?:an? )?vendored (?:\w+ )?(?:copy|version|from|file|code|module)\b/im;
/** What every such sentence holds; it takes long to get ready to look for more. */
const copiedFrom = /(?:copied|taken|borrowed|lifted|backported|forked)(?: \w+)? from|\bfork of/i;
/** A sentence that begins so, and names a place where programs lie; a file without a folder is a neighbour. */
const copied =
  /(?:^[\s#"'@]*|[.:;] )(?:(?:(?:[Tt]h(?:is|e) )?(?:[Ff]ile|[Mm]odule|[Cc]ode|[Ss]cript|[Ff]unction|[Cc]lass|[Mm]ethod) (?:(?:is|was|has been) )?(?:\w+ )?(?:copied|taken|borrowed|lifted|forked)|Copied|Taken|Borrowed|Lifted|Backported|Forked|(?<=@ ?)copied)(?: \w+)? from|(?:[Tt]his (?:file|module|code|script)? ?is an?|An?) (?:\w+ )?fork of):?\s+(?:#\s+)?(?:the )?(?:<?https?:\/\/\S*(?:git|bitbucket|launchpad|hg\b|svn|code|pypi|\.py\b)|`*[\w.]*\/[\w./]+\.py\b|`*(?:_?[a-z]\w*\.)+(?!py\b)_?[a-z]\w*(?=[\s.:`]|$)|(?:[\w.-]+ ){0,3}(?:project|library|package|repo(?:sitory)?|source|distribution|standard library)\b|(?:[\w.-]+ ){1,3}\(?(?:#\s+)?<?https?:|[\w-]+ v?\d+\.\d+\.\d|C?Python\b)/m;
/** Who takes a file and goes on writing it has made it their own. */
const reworked =
  /\b(?:modif|adapt|chang|simplif|extend|rewr|rework|refactor|port|add|remov|strip|merg|but\b|parts?\b|some\b|base[sd]?\b)/i;

/** How files begin that a tool writes beside a `setup.py`, or that everybody is asked to put there. */
const putThere =
  /^"{3}(?:The Versioneer - |Bootstrap (?:setuptools|distribute) installation\b|Bootstrap a buildout-based project\b)|^# You may be wondering what this giant blob of binary data\b/m;

/** The licence of Python's own library, which goes with what is taken from there. */
const ofPython = /\bPYTHON SOFTWARE FOUNDATION LICENSE VERSION \d/;

/** A name and a number that a program has that goes its own way. */
const banner = [/^__version__\s*=\s*["'(]|^:Version:/m, /^__author__\s*=|^:Author:|\bcopyright\b/im];

/** Does a Python file come from elsewhere: written by a program, or copied from another project? How it reads is not this project's matter. */
export function isForeign(path: string, text: string): boolean {
  if (
    path
      .split("/")
      .slice(0, -1)
      .some((folder) => vendoredFolders.has(folder))
  )
    return true;
  return isForeignText(text) || (/(?:^|\/)_[a-z]\w*\.py$/.test(path) && banner.every((part) => part.test(text)));
}

/** Does a Python text say so above its first line of code, imports aside? */
export function isForeignText(text: string): boolean {
  if (!signs.test(text.slice(0, farthestSaid))) return false;
  const head = headOf(text);
  if (generated.test(head) || (word.test(head) && plea.test(head)) || putThere.test(head) || ofPython.test(head))
    return true;
  return isWritten(head) || isCopied(head);
}

/** What stands above the first line of code, imports aside. */
export function headOf(text: string): string {
  const start = text.slice(0, farthestSaid);
  return start.slice(0, firstCode.exec(start)?.index);
}

const signs =
  /\b(?:(?:auto)?generated|vendored|copied|taken|borrowed|lifted|backported|fork(?:ed)?|versioneer|bootstrap|giant blob|produced by|python software foundation license|changes made|(?:edit|modify|change) this (?:file|module))\b/i;

function isWritten(head: string): boolean {
  return pleaForFile.test(head) && another.test(head);
}

/** Do comments say that what follows was copied as it is from another project? */
export function isCopied(head: string): boolean {
  if (vendored.test(head)) return true;
  const found = copiedFrom.test(head) ? copied.exec(head) : null;
  if (!found) return false;
  // What the same paragraph says, and no licence below.
  const [paragraph = ""] = head
    .slice(found.index)
    .trimStart()
    .split(/\n[ \t#]*\n/, 1);
  return !reworked.test(paragraph);
}
