const bytes = { type: 'string', format: 'binary' };
const imageTypes =
  'image/jpeg, image/png, image/webp, image/gif, image/tiff, image/avif, image/bmp, image/x-icon';

/** Pictures as parts of a form, or as base64 in JSON. */
export function pictureForms(names: readonly string[], most = 1): Record<string, object> {
  const form = (picture: object) => {
    const part = most > 1 ? { type: 'array', items: picture, minItems: 1, maxItems: most } : picture;
    const properties = Object.fromEntries(names.map((name) => [name, part]));
    return { type: 'object', properties, required: names };
  };
  const encoding = Object.fromEntries(names.map((name) => [name, { contentType: imageTypes }]));
  return {
    'multipart/form-data': { schema: form(bytes), encoding },
    'application/json': { schema: form({ type: 'string', contentEncoding: 'base64' }) },
  };
}

/** The content of an answer of another type than JSON. */
export const otherAnswer = (type: string): Record<string, object> => ({
  [type]: { schema: type.startsWith('text/') ? { type: 'string' } : bytes },
});

/** JSON, or JSON with the numbers of tensors behind it. */
export const withTensors = (content: Record<string, object> = {}): Record<string, object> => ({
  ...content,
  'application/octet-stream': { schema: bytes },
});
