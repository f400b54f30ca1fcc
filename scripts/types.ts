import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { programs, typescript } from './programs.ts';

const root = resolve(import.meta.dirname, '..');

/** Compiles every program, all at once, and names the ones that fail. */
export async function main(): Promise<void> {
  const failed = (await Promise.all(programs.map(compile))).filter((name) => name !== null);
  if (failed.length === 0) return console.log(`Types: ${programs.length} programs, no errors.`);
  console.error(`Types: errors in ${failed.join(', ')}.`);
  process.exitCode = 1;
}

/** The program's name if it has errors, else null. Its output is printed whole, not mixed. */
function compile(program: string): Promise<string | null> {
  return new Promise((done, failed) => {
    const chunks: Buffer[] = [];
    const options = ['-p', program, '--pretty', String(process.stdout.isTTY === true)];
    const compiler = spawn(process.execPath, [typescript, ...options], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    compiler.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    compiler.on('error', failed);
    compiler.on('close', (code) => {
      if (code !== 0) process.stdout.write(`${program}:\n${Buffer.concat(chunks)}\n`);
      done(code === 0 ? null : program);
    });
  });
}
