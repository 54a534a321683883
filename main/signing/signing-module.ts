import { defineModule } from '../call/module.ts';
import { queue, signClass } from './signing-service.ts';
import { addTrustAnchor, removeTrustAnchor, setStampImage, setTimestampService, setup } from './signing-setup.ts';

export const signingModule = defineModule('signing', { queue, signClass, setup, setTimestampService, addTrustAnchor, removeTrustAnchor, setStampImage });
