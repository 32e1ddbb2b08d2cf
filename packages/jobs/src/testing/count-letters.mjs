import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';

// For tests: the program behind a kind of task of one's own: `count --text FOLDER [--times N] --out DIR`.
const [word, ...args] = process.argv.slice(2);
const option = (name) => args[args.indexOf(`--${name}`) + 1];
if (word !== 'count') throw new Error(`no command ${word}`);
const times = args.includes('--times') ? Number(option('times')) : 1;
const letters = times * readFileSync(`${option('text')}/letter.txt`, 'utf8').replace(/[^a-z]/gi, '').length;
mkdirSync(option('out'), { recursive: true });
writeFileSync(`${option('out')}/result.json`, JSON.stringify({ letters }));
