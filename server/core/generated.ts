/** As far as what a file says of itself is looked for, in UTF-16 units. */
const farthest = 2000;
const firstCode = /^(?:def |class |async |@|if |try:|for |with |(?!from\b)[A-Za-z_]\w*\s*[:=([.])/m;
const generated =
  /@generated\b|^#\s*(?:auto-?\s?|automatically )?generated (?:by|from|with|using)\b|\bthis (?:file|module|code) (?:is|was|has been) (?:auto-?\s?|automatically )?generated\b/im;
const word = /\bgenerated\b/i;
const plea = /\b(?:do not|don't|must not|should not|never)\s+(?:be\s+)?(?:\w+\s+)?(?:edit|modif|chang|touch|alter)/i;

/** Does a Python text say above its first line of code, imports aside, that a program writes it? How it reads is that program's matter. */
export function isGenerated(text: string): boolean {
  const start = text.slice(0, farthest);
  if (!word.test(start)) return false;
  const head = start.slice(0, firstCode.exec(start)?.index);
  return generated.test(head) || (word.test(head) && plea.test(head));
}
