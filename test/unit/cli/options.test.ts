import { describe, expect, it } from 'vitest';
import { byteSize, keyValue, moment, pidFile, positiveNumber, wholeNumber } from '../../../src/cli/options.js';

describe('values of options', () => {
  it('reads whole numbers and nothing else', () => {
    expect(wholeNumber('0')).toBe(0);
    expect(wholeNumber('5441')).toBe(5441);
    for (const text of ['', '-1', '1.5', '1e3', '0x10', ' 1', '9'.repeat(16)])
      expect(() => wholeNumber(text)).toThrow();
    expect(() => positiveNumber('0')).toThrow('at least 1');
  });

  it.each([
    ['9978.187638', false, 9_978_187_638_000n],
    ['9978', false, 9_978_000_000_000n],
    ['9978.5s', false, 9_978_500_000_000n],
    ['+0.000000001', true, 1n],
    ['+2', true, 2_000_000_000n],
  ])('reads the time %s', (text, relative, ns) => {
    expect(moment(text)).toMatchObject({ relative, ns });
  });

  it('refuses times that it would have to guess at', () => {
    for (const text of ['', '1.', '.5', '-3', '1.0000000001', '10:30', 'now', '1,5'])
      expect(() => moment(text)).toThrow();
  });

  it('keeps a tick count as it is', () => {
    expect(moment('39604260518').ticks).toBe(39_604_260_518n);
  });

  it.each([
    ['512', 512],
    ['1k', 1024],
    ['500MB', 500 * 2 ** 20],
    ['2GiB', 2 * 2 ** 30],
    ['1T', 2 ** 40],
  ])('reads the size %s', (text, bytes) => {
    expect(byteSize(text)).toBe(bytes);
  });

  it('refuses other sizes', () => {
    for (const text of ['', 'GB', '1.5G', '-1M', '1 MB', '2PB']) expect(() => byteSize(text)).toThrow();
  });

  it('gathers labels and maps over repeated options', () => {
    expect(keyValue('b=2=3', keyValue('a='))).toEqual({ a: '', b: '2=3' });
    expect(() => keyValue('=x')).toThrow('key=value');
    expect(() => keyValue('x')).toThrow('key=value');
    expect(pidFile('7=b c', pidFile('5441=maps.txt'))).toEqual([
      { pid: 5441, path: 'maps.txt' },
      { pid: 7, path: 'b c' },
    ]);
    expect(() => pidFile('a.out=maps')).toThrow('PID=FILE');
    expect(() => pidFile('5441=')).toThrow('PID=FILE');
  });
});
