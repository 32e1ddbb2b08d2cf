/**
 * CSV read and written.
 *
 * @module
 */

export { type CsvRow, csvRows, csvText } from './csv.ts';
export {
  type Column,
  type Groups,
  groupsHtml,
  identificationColumns,
  rateText,
  recallColumns,
  verificationColumns,
} from './groups.ts';
