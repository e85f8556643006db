/**
 * YAML text -> values with places, for text that may come from a stranger: the core schema and no other tag, one document,
 * a largest size, depth and number of values (aliases counted as often as they are used).
 */
import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { usageError } from '../../base/errors.js';
import type { Entry, Place, Value } from './value.js';

const MAX_BYTES = 2 ** 20;
const MAX_DEPTH = 32;
const MAX_VALUES = 50_000;

export function readYaml(text: string, file: string): Value {
  if (text.length > MAX_BYTES) throw usageError(`${file}: larger than 1 MiB, which no rules file is`);
  const lines = new LineCounter();
  const document = parse(text, file, lines);
  const fault = [...document.errors, ...document.warnings].sort((a, b) => a.pos[0] - b.pos[0])[0];
  if (fault !== undefined) {
    throw usageError(`${file}:${lines.linePos(fault.pos[0]).line}: no valid YAML: ${fault.message.split('\n')[0]}`);
  }
  let left = MAX_VALUES;
  const placeOf = (node: Node): Place => ({ file, line: lines.linePos(node.range?.[0] ?? 0).line });
  const convert = (node: unknown, depth: number, parent: Place): Value => {
    left -= 1;
    if (left < 0)
      throw usageError(`${file}:${parent.line}: more than ${MAX_VALUES} values with all aliases written out`);
    if (depth > MAX_DEPTH) throw usageError(`${file}:${parent.line}: nested deeper than ${MAX_DEPTH}`);
    if (node === null || node === undefined) return { kind: 'scalar', value: null, place: parent };
    const place = placeOf(node as Node);
    if (isAlias(node)) {
      const target = node.resolve(document);
      if (target === undefined) throw usageError(`${file}:${place.line}: *${node.source}: no such anchor above`);
      return convert(target, depth + 1, place);
    }
    if (isSeq(node)) {
      return { kind: 'list', items: node.items.map((item) => convert(item, depth + 1, place)), place };
    }
    if (isMap(node)) {
      const entries = node.items.map((pair): Entry => {
        if (!isScalar(pair.key)) throw usageError(`${file}:${place.line}: a key must be a plain word`);
        const keyPlace = placeOf(pair.key);
        return { key: String(pair.key.value), keyPlace, value: convert(pair.value, depth + 1, keyPlace) };
      });
      return { kind: 'map', entries, place };
    }
    const value = isScalar(node) ? node.value : undefined;
    if (typeof value === 'bigint') return { kind: 'scalar', value: String(value), place };
    if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) {
      return { kind: 'scalar', value: value as string | number | boolean | null, place };
    }
    throw usageError(`${file}:${place.line}: not a plain value`);
  };
  return convert(document.contents, 0, { file, line: 1 });
}

function parse(text: string, file: string, lineCounter: LineCounter): ReturnType<typeof parseDocument> {
  try {
    return parseDocument(text, {
      schema: 'core',
      customTags: [],
      merge: false,
      uniqueKeys: true,
      strict: true,
      prettyErrors: false,
      lineCounter,
    });
  } catch (cause) {
    // The parser descends once per level; a text of brackets alone ends its stack.
    if (cause instanceof RangeError) throw usageError(`${file}: nested too deep to be read`);
    throw cause;
  }
}
