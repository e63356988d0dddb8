import type { Sex } from './names.ts';
import { mix, type Random, spread } from './random.ts';

/** What a NIR says of a birth. */
export type Birth = {
  readonly sex: Sex;
  readonly year: number;
  readonly month: number;
  readonly nir: string;
};

const communes = 990;
const orders = 999;
const places = communes * orders;
// Coprime with the number of places: consecutive people get distinct places, far apart.
const stride = 611_953;

// Weights follow the population, roughly; 97 is overseas, 99 born abroad.
// biome-ignore format: a table to read in columns
const departments = spread<string>([
  [40, '59'], [34, '75'], [32, '13'], [29, '69'], [26, '93'], [25, '92'], [23, '44'], [22, '62'],
  [22, '33'], [22, '78'], [21, '77'], [21, '94'], [20, '31'], [20, '76'], [19, '91'], [18, '38'],
  [17, '67'], [17, '95'], [16, '34'], [16, '35'], [16, '83'], [15, '06'], [14, '57'], [13, '29'],
  [12, '60'], [12, '49'], [12, '42'], [11, '68'], [11, '56'], [10, '74'], [10, '30'], [10, '54'],
  [10, '14'], [10, '45'], [9, '64'], [9, '85'], [9, '63'], [9, '17'], [9, '01'], [9, '22'],
  [8, '37'], [8, '27'], [8, '80'], [8, '51'], [8, '72'], [8, '71'], [8, '84'], [8, '02'],
  [7, '25'], [7, '21'], [6, '66'], [6, '26'], [6, '50'], [6, '73'], [6, '24'], [6, '28'],
  [5, '86'], [5, '87'], [5, '40'], [5, '79'], [5, '88'], [5, '11'], [5, '81'], [5, '03'],
  [4, '89'], [4, '61'], [4, '41'], [4, '18'], [4, '16'], [4, '12'], [4, '53'], [4, '10'],
  [3, '47'], [3, '65'], [3, '39'], [3, '07'], [3, '82'], [3, '08'], [3, '70'], [3, '58'],
  [3, '19'], [3, '36'], [3, '43'], [2, '55'], [2, '46'], [2, '32'], [2, '52'], [2, '04'],
  [2, '15'], [2, '09'], [2, '90'], [2, '05'], [2, '2A'], [2, '2B'], [1, '23'], [1, '48'],
  [25, '97'], [70, '99'],
]);

/**
 * A NIR that no other ordinal of the same seed gets, below twelve million: the place and order number belong
 * to one ordinal in 989,010, and those that share them are born in different months.
 */
export function issueNir(
  random: Random,
  seed: number,
  ordinal: number,
  is: { sex: Sex; year: number },
): Birth {
  const place = (ordinal * stride + (mix(seed) % places)) % places;
  const month = 1 + ((Math.floor(ordinal / places) + mix(place)) % 12);
  const commune = 1 + (place % communes);
  const order = 1 + Math.floor(place / communes);
  const department = chooseDepartment(random, commune);
  const digits = [is.sex, two(is.year % 100), two(month), department, three(commune), three(order)].join('');
  return { ...is, month, nir: digits + nirControl(digits) };
}

/** The two control digits of thirteen. */
export function nirControl(nir13: string): string {
  const number = Number(nir13.replace('2A', '19').replace('2B', '18'));
  return two(97 - (number % 97));
}

// Overseas and abroad, the third digit belongs to the department or the country.
function chooseDepartment(random: Random, commune: number): string {
  const department = random.pick(departments);
  if (department === '97' && (commune < 101 || commune > 699)) return '75';
  if (department === '99' && commune < 100) return '93';
  return department;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

function three(value: number): string {
  return String(value).padStart(3, '0');
}
