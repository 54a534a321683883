import { buildNode } from './build-node.ts';
import { buildRenderer } from './build-renderer.ts';

/** `node scripts/build.ts [window|program]`: fills `out/`, or one half of it. */
const halves = { window: buildRenderer, program: () => buildNode() };
const wanted = process.argv[2];
for (const [name, build] of Object.entries(halves)) {
  if (wanted !== undefined && wanted !== name) continue;
  const started = performance.now();
  await build();
  console.log(`${name}: ${Math.round(performance.now() - started)} ms`);
}
