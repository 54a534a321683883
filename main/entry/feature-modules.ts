import type { Feature } from '../../preload/contract/index.ts';

/** Every feature behind the door, in the order in which they may import one another. */
export const featureModules: readonly { feature: Feature; calls: object }[] = [];
