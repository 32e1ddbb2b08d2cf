import { join } from 'node:path';
import { type Env, semblanceHome } from '@semblance/core';

/** Where this machine keeps images, what was downloaded for them, and what is unpacked to run: `$SEMBLANCE_HOME/images`. */
export const imagesHome = (env: Env = process.env) => {
  const dir = semblanceHome(env, 'images');
  return { layout: join(dir, 'layout'), cache: join(dir, 'cache'), unpacked: join(dir, 'unpacked') };
};
