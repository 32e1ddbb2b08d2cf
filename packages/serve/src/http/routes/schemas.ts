/** Parts of schemas that several routes share. */

export const text = { type: 'string' } as const;
export const number = { type: 'number' } as const;
export const count = { type: 'integer', minimum: 0 } as const;
export const flag = { type: 'boolean' } as const;
export const nullable = (type: string) => ({ type: [type, 'null'] });
export const list = <T>(items: T) => ({ type: 'array', items }) as const;
export const object = <P extends object>(
  properties: P,
  required: readonly string[] = Object.keys(properties),
) => ({ type: 'object', properties, required }) as const;

export const box = object({
  probability: number,
  x_min: number,
  y_min: number,
  x_max: number,
  y_max: number,
});
export const landmarks = list(list(number));
export const subjectHit = object({ subject: text, similarity: number });

/** Query of routes that look for faces. */
export const detectQuery = {
  det_prob_threshold: { type: 'number', minimum: 0, maximum: 1, description: 'Least score of a face.' },
  limit: { ...count, default: 0, description: 'Most faces, best first; 0 for all.' },
  face_plugins: {
    ...text,
    default: '',
    description: 'What else is wanted, parted by commas: calculator (the embedding).',
  },
  status: { ...flag, default: false, description: 'Adds how long each step took, and the models.' },
} as const;

export interface DetectQuery {
  det_prob_threshold?: number;
  limit: number;
  face_plugins: string;
  status: boolean;
}

export const executionTime = object({ decode: number, detector: number, calculator: number, search: number });
export const pluginVersions = object({ detector: text, calculator: text });
