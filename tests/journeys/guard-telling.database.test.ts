import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { inputSigns } from '../../src/modules/guard/alarms/alarm.ts';
import { keepAlarms } from '../../src/modules/guard/alarms/keep-alarms.ts';
import { Receiver } from '../sending.ts';
import { chromiumPath } from './chromium.ts';
import { faultsOf } from './faults.ts';
import { Journey } from './journey.ts';

const walk = test.skipIf(chromiumPath === undefined);
const journey = new Journey();
const receiver = new Receiver();

beforeAll(async () => {
  if (chromiumPath === undefined) return;
  await journey.start(async () => ({ VIGIE_GUARD: 'on', VIGIE_SYSLOG_URL: 'tcp://127.0.0.1:1' }));
}, 120_000);
afterAll(async () => {
  await receiver.stop();
  await journey.stop();
});
afterEach(() => {
  expect(journey.complaints.splice(0)).toEqual([]);
});
const types = () => receiver.heard.map(({ text }) => JSON.parse(text).type);

walk('an officer has the SOC told, reads what it missed, sends it again, and removes it', async () => {
  const url = await receiver.listen();
  const officer = await journey.open();
  await journey.enterAs(officer, 'security-officer');
  await officer.goto(`${journey.origin}/guard/settings`);
  await officer.getByRole('heading', { name: 'Qui est prévenu de ce que fait la garde' }).waitFor();
  await officer.getByText('Syslog', { exact: true }).waitFor();
  await officer.getByLabel('Adresse du webhook').fill('http://ailleurs.example/vigie');
  await officer.getByRole('button', { name: 'Ajouter' }).click();
  await officer.getByText('Cette adresse ne convient pas').waitFor();
  expect(journey.complaints.splice(0)).toEqual([expect.stringContaining('422')]);
  await officer.getByLabel('Adresse du webhook').fill(url);
  await officer.getByRole('button', { name: 'Ajouter' }).click();
  await officer.getByText('Notez ce secret').waitFor();
  await officer.getByText(/^whsec_/).waitFor();
  await vi.waitFor(() => expect(types()).toEqual(['endpoint.test']), { timeout: 40_000 });

  const signs = inputSigns([{ claimsMissing: false, hearsDraws: true, placesMissing: 1 }]);
  await keepAlarms({ ...journey.tools(), site: journey.origin }, signs);
  await vi.waitFor(() => expect(types()).toContain('guard.alarm.raised'), { timeout: 40_000 });
  await officer.reload();
  await officer.getByText('Les consultations ne portent plus de département').waitFor();
  await officer.getByText(/1 en attente.*Dernier échec\s: serveur injoignable/).waitFor();
  expect(await faultsOf(officer)).toEqual([]);

  const host = new URL(url).host;
  await officer.getByRole('button', { name: `Renvoyer à ${host}` }).click();
  const dialog = officer.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Renvoyer', exact: true }).click();
  await dialog.getByText('1 événement(s) repartent.').waitFor();
  await vi.waitFor(() => expect(types().filter((type) => type === 'guard.alarm.raised')).toHaveLength(2), {
    timeout: 40_000,
  });
  await officer.keyboard.press('Escape');
  await officer.getByRole('button', { name: `Retirer ${host}` }).click();
  await dialog.getByText(`${host} ne recevra plus rien`).waitFor();
  expect((await faultsOf(officer)).map((fault) => `dialog ${fault}`)).toEqual([]);
  await dialog.getByRole('button', { name: 'Retirer', exact: true }).click();
  await officer.getByText('Terminé.').waitFor();
});

walk('in English an alarm stands above every page of the guard', async () => {
  const officer = await journey.open('en-GB');
  await journey.enterAs(officer, 'security-officer');
  for (const path of ['/guard', '/guard/board', '/guard/settings']) {
    await officer.goto(`${journey.origin}${path}`);
    await officer.getByText('Lookups carry no département any more').waitFor();
  }
  await officer.getByText('Who is told of what the guard does').waitFor();
  expect(await faultsOf(officer)).toEqual([]);
});
