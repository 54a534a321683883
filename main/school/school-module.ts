import { defineModule } from '../call/module.ts';
import { history } from './school-history.ts';
import { changeCode, profile, removePlace, saveProfile, saveRoom, saveSatellite } from './school-profile.ts';
import { current } from './school-service.ts';
import { calendar, createYear, makeCurrent, saveYear, setDays, years } from './school-years.ts';

export const schoolModule = defineModule('school', {
  current, profile, saveProfile, changeCode, saveSatellite, saveRoom, removePlace, history, years, createYear, saveYear, makeCurrent, calendar, setDays,
});
