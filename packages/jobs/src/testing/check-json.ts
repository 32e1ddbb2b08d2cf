import { schemas } from '../schemas.ts';

/** For tests: holds a printed object against its schema. @throws ZodError */
export const checkJson = (name: keyof typeof schemas, value: unknown): void =>
  void schemas[name].parse(value);
