import { type ParsedUrlQuery, parse } from 'node:querystring';

/**
 * Reads the query of an address. CompreFace's JavaScript SDK begins its second parameter with another question mark
 * (`?subject=Ann?det_prob_threshold=0.8`): before a parameter of ours that is read as `&`.
 */
export const parseQuery = (text: string): ParsedUrlQuery =>
  parse(
    text.replace(
      /\?(?=(?:det_prob_threshold|detect_faces|face_plugins|limit|prediction_count|status)=)/g,
      '&',
    ),
  );
