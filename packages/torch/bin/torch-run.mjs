#!/usr/bin/env node
import { main } from '../src/distributed/launcher/launch.ts';

process.exitCode = await main(process.argv.slice(2));
