/**
 * France as squares, one a département, beside its neighbours where a grid allows it; then overseas, and the
 * last two abroad. Corsica is 20 in the numbers of those born before 1976. Drawn for this page.
 */
const grid = [
  '.. .. .. .. .. .. 62 59',
  '.. .. .. .. .. 76 80 02 08',
  '.. .. 50 14 27 95 60 93 51 55 57',
  '.. 22 61 28 78 92 75 94 10 52 54 67',
  '29 56 35 53 72 91 45 77 89 70 88 68',
  '.. 44 49 37 41 36 18 58 21 39 25 90',
  '.. .. 85 79 86 87 23 03 71 01 74',
  '.. .. .. 17 16 19 63 42 69 38 73',
  '.. .. .. 33 24 46 15 43 07 26 05',
  '.. .. 40 47 82 81 12 48 84 04 06',
  '.. .. 64 32 31 11 34 30 13 83',
  '.. .. .. 65 09 66 .. .. .. .. 2B',
  '.. .. .. .. .. .. .. .. .. 20 2A',
  '',
  '971 972 973 974 976 975 977 978',
  '984 985 986 987 988 96 99',
];

/** A département's square: its code as numbers have it, and its place in the grid. */
export type Tile = { readonly code: string; readonly column: number; readonly row: number };

/** Every square of the map. */
export const tiles: readonly Tile[] = grid.flatMap((line, row) =>
  line.split(' ').flatMap((code, column) => (code === '..' || code === '' ? [] : [{ code, column, row }])),
);

/** How many squares the map is wide and high. */
export const gridSize = { columns: 12, rows: grid.length } as const;

const listed = [
  '01 Ain · 02 Aisne · 03 Allier · 04 Alpes-de-Haute-Provence · 05 Hautes-Alpes · 06 Alpes-Maritimes',
  '07 Ardèche · 08 Ardennes · 09 Ariège · 10 Aube · 11 Aude · 12 Aveyron · 13 Bouches-du-Rhône',
  '14 Calvados · 15 Cantal · 16 Charente · 17 Charente-Maritime · 18 Cher · 19 Corrèze · 21 Côte-d’Or',
  '22 Côtes-d’Armor · 23 Creuse · 24 Dordogne · 25 Doubs · 26 Drôme · 27 Eure · 28 Eure-et-Loir',
  '29 Finistère · 2A Corse-du-Sud · 2B Haute-Corse · 30 Gard · 31 Haute-Garonne · 32 Gers · 33 Gironde',
  '34 Hérault · 35 Ille-et-Vilaine · 36 Indre · 37 Indre-et-Loire · 38 Isère · 39 Jura · 40 Landes',
  '41 Loir-et-Cher · 42 Loire · 43 Haute-Loire · 44 Loire-Atlantique · 45 Loiret · 46 Lot',
  '47 Lot-et-Garonne · 48 Lozère · 49 Maine-et-Loire · 50 Manche · 51 Marne · 52 Haute-Marne',
  '53 Mayenne · 54 Meurthe-et-Moselle · 55 Meuse · 56 Morbihan · 57 Moselle · 58 Nièvre · 59 Nord',
  '60 Oise · 61 Orne · 62 Pas-de-Calais · 63 Puy-de-Dôme · 64 Pyrénées-Atlantiques · 65 Hautes-Pyrénées',
  '66 Pyrénées-Orientales · 67 Bas-Rhin · 68 Haut-Rhin · 69 Rhône · 70 Haute-Saône · 71 Saône-et-Loire',
  '72 Sarthe · 73 Savoie · 74 Haute-Savoie · 75 Paris · 76 Seine-Maritime · 77 Seine-et-Marne',
  '78 Yvelines · 79 Deux-Sèvres · 80 Somme · 81 Tarn · 82 Tarn-et-Garonne · 83 Var · 84 Vaucluse',
  '85 Vendée · 86 Vienne · 87 Haute-Vienne · 88 Vosges · 89 Yonne · 90 Territoire de Belfort',
  '91 Essonne · 92 Hauts-de-Seine · 93 Seine-Saint-Denis · 94 Val-de-Marne · 95 Val-d’Oise',
  '971 Guadeloupe · 972 Martinique · 973 Guyane · 974 La Réunion · 976 Mayotte',
  '975 Saint-Pierre-et-Miquelon · 977 Saint-Barthélemy · 978 Saint-Martin',
  '984 Terres australes et antarctiques françaises · 986 Wallis et Futuna · 987 Polynésie française',
  '988 Nouvelle-Calédonie',
];

/** Their names; those of former times and of abroad are in the texts. */
export const departementNames: ReadonlyMap<string, string> = new Map(
  listed
    .flatMap((line) => line.split(' · '))
    .map((one) => [one.slice(0, one.indexOf(' ')), one.slice(one.indexOf(' ') + 1)]),
);
