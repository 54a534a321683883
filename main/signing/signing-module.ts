import { defineModule } from '../call/module.ts';
import { queue, signClass } from './signing-service.ts';

export const signingModule = defineModule('signing', { queue, signClass });
