import { expect, test } from 'vitest';
import { fullAddress } from '../../main/transcripts/full-address.ts';

const home = { commune: 'Xã Suối Ngọc', province: 'Tỉnh Tuyên Quang' };

test('a hamlet gets its commune and province', () => {
  expect(fullAddress({ ...home, address: 'Thôn Bản Ỏi' })).toBe('Thôn Bản Ỏi, Xã Suối Ngọc, Tỉnh Tuyên Quang');
});

test('an address that already names them is left as it is, with or without "xã" and "tỉnh"', () => {
  for (const address of ['Thôn Bản Ỏi, Xã Suối Ngọc, Tỉnh Tuyên Quang', 'Thôn Bản Ỏi, suối ngọc, Tuyên Quang', 'Thôn Bản Ỏi - xã Suối Ngọc - tỉnh Tuyên Quang']) {
    expect(fullAddress({ ...home, address })).toBe(address);
  }
});

test('a hamlet or a street that is only named like its commune or province does not stand for it', () => {
  expect(fullAddress({ ...home, address: 'Thôn Suối Ngọc' })).toBe('Thôn Suối Ngọc, Xã Suối Ngọc, Tỉnh Tuyên Quang');
  expect(fullAddress({ ...home, address: 'Số 5, Phường Tuyên Quang' })).toBe('Số 5, Phường Tuyên Quang, Xã Suối Ngọc, Tỉnh Tuyên Quang');
  expect(fullAddress({ ...home, address: 'Số 5 đường Tuyên Quang' })).toBe('Số 5 đường Tuyên Quang, Xã Suối Ngọc, Tỉnh Tuyên Quang');
});

test('what is not known is left out', () => {
  expect(fullAddress({ address: '', commune: 'Xã Suối Ngọc', province: '' })).toBe('Xã Suối Ngọc');
  expect(fullAddress({ address: '', commune: '', province: '' })).toBe('');
});
