/** Paints the words of a search where they stand, without touching the document (where the browser can). */
const LIMIT = 2000;

export function markWords(words: readonly string[], elements: readonly HTMLElement[]): void {
  if (typeof Highlight === 'undefined' || !('highlights' in CSS)) return;
  CSS.highlights.delete('found');
  if (words.length === 0) return;
  const ranges: Range[] = [];
  for (const element of elements) {
    if (element.hidden || ranges.length > LIMIT) continue;
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode())
      ranges.push(...rangesIn(node as Text, words));
  }
  CSS.highlights.set('found', new Highlight(...ranges));
}

function* rangesIn(node: Text, words: readonly string[]): Generator<Range> {
  const text = node.data.toLowerCase();
  for (const word of words) {
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, Math.min(at + word.length, node.length));
      yield range;
    }
  }
}
