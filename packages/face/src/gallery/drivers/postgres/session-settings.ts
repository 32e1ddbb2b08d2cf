import { hostname } from 'node:os';

/** How connections are made: the server shows this name of those who are in others' way. */
export const SESSION = { application: `semblance (process ${process.pid} on ${hostname()})`.slice(0, 63) };
