import { defineModule } from '../call/module.ts';
import { exports, looks } from './access-logs.ts';
import { printConsentForms, printConsentList } from './consent-print.ts';
import { consents, openConsentPaper, recordConsents, undoConsents } from './consents-service.ts';
import { closeIncident, incidents, saveIncident } from './incidents-service.ts';
import { exportPerson, holding } from './person-export.ts';
import { saveSettings, settings } from './personal-data-settings.ts';
import { cancelPurpose, confirmPurposes, purposes, savePurpose, takeProposals } from './purposes-service.ts';
import { acknowledgeRequest, addRequest, endRequest, extendRequest, findPeople, openRequestPaper, requests } from './requests-service.ts';

export const personalDataModule = defineModule('personalData', {
  purposes, takeProposals, savePurpose, confirmPurposes, cancelPurpose,
  consents, recordConsents, undoConsents, openConsentPaper, printConsentForms, printConsentList,
  requests, findPeople, addRequest, acknowledgeRequest, extendRequest, endRequest, openRequestPaper, holding, exportPerson,
  incidents, saveIncident, closeIncident, looks, exports, settings, saveSettings,
});
