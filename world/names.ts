import type { Random } from './random.ts';

const families = words(`
  Abadie Allard Ancelin Aubertin Auclair Bachelet Balmont Barbier Bastide Baudoin Beaufils Bellanger
  Berthelot Besnard Bessière Blanchet Boisseau Bonnaire Bouchard Boulanger Bourdin Bourgeois Bousquet
  Brochard Cadiou Carlier Castaing Cazenave Chabrol Chambon Charpentier Chauvin Chevallier Clavel
  Cordonnier Couderc Courtois Cousin Cuvelier Daumas Delahaye Delattre Delcourt Deschamps Desmarets
  Dubreuil Duchemin Dumoulin Duplessis Estève Fabregue Faucher Ferrand Fontanel Fouquet Fréville Gaillard
  Garnier Gauthier Georgin Gilardin Girardot Gourdon Grandjean Grosjean Guérinet Guichard Guillemot
  Hamelin Haudiquet Hérisson Jacquemin Jaouen Jourdain Kerbrat Labarthe Lacombe Lafitte Lagarde Lamarque
  Langlois Laroche Latour Lavergne Lebreton Lecomte Lefranc Legoff Lelièvre Lemoine Lenoir Leroux Lescure
  Letellier Loiseau Maillard Malherbe Marchal Maréchal Marquet Mazet Mercadier Meunier Millet Montagne
  Moreau Mouton Navarre Ollivier Paquette Parmentier Pasquier Pelletier Perrault Peyronnet Pichon Plantier
  Poirier Pommier Ponsard Poulain Prévost Quéméner Raffin Renaudin Reynaud Ribeiro Richer Rigaud Rivoire
  Rocher Roussel Rouvière Sabatier Salaün Saunier Sauvage Savary Ségalen Serrano Tanguy Tellier Tessier
  Thibault Thomasset Tissier Tournier Trémoulet Vachon Vaillant Vasseur Verdier Vigneron Villard
  Vincendeau Weissbach Zimmermann Benhamou Belkacem Diallo Traoré Nguyen Oliveira Kowalski Haddad
  Bouazza Cissé Da-Silva Fernandes Hoarau Payet Grondin Lopez Garcia Rossi Schneider Meyer D'Almeida
  De-La-Tour Le-Bihan Le-Guen Mbemba Sahin Yilmaz Tran Pham Chen`).map((name) =>
  // A hyphen stands for a space where names have one.
  name.replace(/^(Da|De|Le)-(La-)?/, (particle) => particle.replaceAll('-', ' ')),
);

/** Given names of those born until a year: a name tells an age. */
type Generation = {
  readonly until: number;
  readonly women: readonly string[];
  readonly men: readonly string[];
};

const generations: readonly Generation[] = [
  {
    until: 1945,
    women: words(`Jeanne Marie Madeleine Marguerite Germaine Denise Yvonne Simone Marcelle Suzanne Lucienne
      Raymonde Odette Henriette Georgette Paulette Yvette Ginette Colette Jacqueline Monique Thérèse Huguette
      Solange Andrée Fernande Renée Gisèle Micheline Josette`),
    men: words(`Jean Pierre André Marcel René Roger Louis Robert Georges Henri Maurice Raymond Lucien Paul
      Joseph Albert Charles Gaston Fernand Edmond Émile Léon Eugène Gilbert Guy Roland Bernard Claude Jacques
      Gustave`),
  },
  {
    until: 1965,
    women: words(`Monique Nicole Danielle Françoise Michèle Christiane Annie Martine Brigitte Chantal
      Catherine Dominique Évelyne Sylvie Christine Patricia Jocelyne Josiane Marie-Claude Marie-Thérèse
      Anne-Marie Bernadette Geneviève Élisabeth Véronique Fatima Corinne Mireille Ghislaine Liliane`),
    men: words(`Michel Jean-Claude Jean-Pierre Daniel Alain Gérard Bernard Christian Patrick Philippe Serge
      Gilles Francis Didier Dominique Jean-Luc Jean-Marc Pascal Thierry Denis Yves Joël Guy Hervé Mohamed
      Ahmed Marc Bruno Régis Roland`),
  },
  {
    until: 1985,
    women: words(`Nathalie Isabelle Sandrine Valérie Stéphanie Céline Virginie Sophie Karine Delphine Laurence
      Séverine Christelle Sabrina Aurélie Émilie Élodie Laetitia Mélanie Anne-Sophie Caroline Audrey Nadia
      Malika Fatoumata Cécile Hélène Marie-Laure Florence Claire`),
    men: words(`Stéphane Christophe Laurent Frédéric Olivier Éric David Sébastien Nicolas Julien Jérôme
      Fabrice Cédric Ludovic Guillaume Karim Rachid Arnaud Vincent Yann Samuel Xavier Emmanuel Mathieu
      Benoît Franck Grégory Mickaël Jean-Baptiste Gaël`),
  },
  {
    until: 2002,
    women: words(`Marine Laura Camille Pauline Manon Marion Justine Léa Chloé Mathilde Anaïs Charlotte Margaux
      Mélissa Morgane Océane Sarah Lucie Clara Inès Amandine Alice Juliette Yasmine Khadija Noémie Solène
      Coralie Maëva Ophélie`),
    men: words(`Thomas Kévin Alexandre Maxime Romain Antoine Quentin Florian Clément Jordan Anthony Dylan
      Valentin Alexis Théo Hugo Lucas Benjamin Adrien Bastien Mehdi Yanis Ibrahim Corentin Rémi Simon Axel
      Victor Loïc Tristan`),
  },
  {
    until: 9999,
    women: words(`Emma Jade Louise Alice Chloé Lina Rose Anna Mila Léna Ambre Julia Lou Agathe Inaya Romy
      Zoé Éva Nina Aya Adèle Juliette Victoire Iris Charlie Lyna Maryam Sofia Capucine Apolline`),
    men: words(`Gabriel Léo Raphaël Louis Arthur Jules Adam Maël Noah Hugo Liam Gabin Sacha Nathan Aaron Eden
      Ethan Paul Tom Marius Mohamed Naël Ismaël Isaac Malo Timéo Côme Augustin Soan Eliott`),
  },
];

/** 1 for men, 2 for women, as in a NIR. */
export type Sex = 1 | 2;

/** An invented family name; some are double. */
export function familyName(random: Random): string {
  const name = random.pick(families);
  return random.chance(0.04) ? `${name}-${random.pick(families)}` : name;
}

/** A given name as people born that year have them. */
export function givenName(random: Random, sex: Sex, year: number): string {
  const generation = generations.find(({ until }) => year <= until);
  return random.pick((sex === 1 ? generation?.men : generation?.women) ?? []);
}

function words(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}
