import { SaxesParser } from 'saxes';
import { SemblanceError } from '../error.ts';

/** The beginning of an element of an XML file. */
export interface XmlTag {
  name: string;
  attributes: Readonly<Record<string, string>>;
  /** From 1. */
  line: number;
}

/** Elements within elements; lists of labels have four. */
const MAX_DEPTH = 32;

/**
 * Reads an XML file, and says where each element begins and ends; text between them is left out. A document type, and so any
 * entity of its own, is refused: nothing is expanded and nothing fetched.
 *
 * @throws SemblanceError DATA_INVALID with the line's number, where it is not well-formed.
 */
export function readXml(
  text: string,
  source: string,
  { open, close }: { open(tag: XmlTag): void; close(name: string): void },
): void {
  const parser = new SaxesParser<{ xmlns?: false; position: boolean }>({ position: true });
  const invalid = (message: string, cause?: Error): SemblanceError =>
    new SemblanceError('DATA_INVALID', `${source}:${parser.line}: ${message}`, { cause });
  let line = 1;
  let depth = 0;
  parser.on('error', (cause) => {
    // the parser's words begin with line and column
    throw invalid(`this is not well-formed XML: ${cause.message.replace(/^[\d:]+ /, '')}`, cause);
  });
  parser.on('doctype', () => {
    throw invalid('a document type (<!DOCTYPE …>) is not allowed: remove it');
  });
  parser.on('opentagstart', () => {
    line = parser.line;
    if (++depth > MAX_DEPTH) throw invalid(`elements are nested more than ${MAX_DEPTH} deep`);
  });
  parser.on('opentag', ({ name, attributes }) => open({ name, attributes, line }));
  parser.on('closetag', ({ name }) => {
    depth--;
    close(name);
  });
  parser.write(text).close();
}

/** Text as the value of an attribute in double or single quotes. */
export const escapeXml = (text: string): string =>
  text.replace(/[&<>"'\t\n\r]/g, (c) => `&#${c.charCodeAt(0)};`);
