import { SemblanceError } from '../error.ts';

/** A tag of an XML file. */
export interface XmlTag {
  name: string;
  attributes: Record<string, string>;
  kind: 'open' | 'close' | 'empty';
  /** From 1. */
  line: number;
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
// a comment, a processing instruction, or a tag with its attributes
const pattern =
  /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<(\/?)([A-Za-z_][\w.-]*)((?:\s+[A-Za-z_][\w.:-]*\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|</g;

/**
 * The tags of an XML file in order, text between them left out: as much of XML as lists of labels need. A document type, and so any
 * entity of its own, is refused.
 *
 * @throws SemblanceError DATA_INVALID with the line's number.
 */
export function* xmlTags(text: string, source: string): Generator<XmlTag, void, void> {
  let line = 1;
  let counted = 0;
  for (const match of text.matchAll(pattern)) {
    for (; counted < match.index; counted++) if (text.charCodeAt(counted) === 10) line++;
    const [whole, slash, name, attributes, empty] = match;
    if (whole.startsWith('<!--') || whole.startsWith('<?')) continue;
    if (name === undefined) {
      const shown = text.slice(match.index, match.index + 60).split('\n')[0];
      throw new SemblanceError('DATA_INVALID', `${source}:${line}: expected a tag but received "${shown}"`);
    }
    const pairs = (attributes ?? '').matchAll(/([A-Za-z_][\w.:-]*)\s*=\s*(?:"([^"]*)"|'([^']*)')/g);
    yield {
      name,
      attributes: Object.fromEntries(
        [...pairs].map(([, key, double, single]) => [key!, unescaped(double ?? single ?? '')]),
      ),
      kind: slash ? 'close' : empty ? 'empty' : 'open',
      line,
    };
  }
}

const unescaped = (text: string): string =>
  text.replace(
    /&(?:#(\d+)|#x([\da-fA-F]+)|(\w+));/g,
    (whole, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return Object.hasOwn(entities, name) ? entities[name]! : whole;
      const point = decimal === undefined ? Number.parseInt(hex!, 16) : Number(decimal);
      return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
    },
  );

/** Text as the value of an attribute in double or single quotes. */
export const escapeXml = (text: string): string => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
