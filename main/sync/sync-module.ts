import { defineModule } from '../call/module.ts';
import { acceptReceipt, enrolmentAccept, enrolmentRequest, exportPackage, push, status } from './sync-service.ts';

export const syncModule = defineModule('sync', { status, exportPackage, push, acceptReceipt, enrolmentRequest, enrolmentAccept });
