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
  Vincendeau Weissbach Zimmermann Benhamou Belkacem Diallo Traoré Nguyen-Van Oliveira Kowalski Haddad`);

const women = words(`
  Adèle Agathe Alice Amandine Anaïs Apolline Aurore Béatrice Bérénice Blandine Brigitte Camille Capucine
  Caroline Cécile Céleste Charlotte Clémence Clotilde Colette Coralie Corinne Danielle Delphine Denise
  Diane Dominique Éléonore Élise Émilie Estelle Eugénie Fatima Florence Françoise Gabrielle Geneviève
  Germaine Hélène Henriette Hortense Inès Isabelle Jacqueline Jeanne Joséphine Judith Juliette Karine
  Khadija Laetitia Léonie Lucienne Madeleine Manon Marguerite Marianne Marthe Mathilde Mélanie Monique
  Nadège Nathalie Noémie Océane Odette Pauline Pénélope Philippine Rachel Raymonde Rosalie Sabine Salomé
  Simone Solange Sylvie Thérèse Valentine Véronique Victoire Violette Yolande Zélie`);

const men = words(`
  Adrien Alban Albert Alexis Ambroise Anatole André Antoine Armand Arnaud Auguste Aurélien Barnabé Basile
  Bastien Benjamin Bernard Boris Bruno Célestin Charles Christophe Clément Constant Corentin Cyprien
  Damien Daniel Denis Didier Dorian Edgar Edmond Émilien Étienne Eugène Fabien Félicien Fernand Florian
  Francis Gabriel Gaspard Gaston Georges Gérard Gilbert Grégoire Guilhem Gustave Henri Honoré Hubert
  Ibrahim Jérémie Joachim Joseph Jules Kévin Laurent Lazare Léopold Lucien Marcel Martial Mathieu Maurice
  Maxence Michel Mohamed Nicolas Octave Olivier Pascal Philippe Pierre Quentin Raphaël Raymond Robert
  Roland Romain Samuel Sébastien Simon Sylvain Théodore Thibaud Timothée Urbain Valentin Victor Vincent
  Xavier Yannick Youssef Zacharie`);

/** 1 for men, 2 for women, as in a NIR. */
export type Sex = 1 | 2;

/** An invented family name; some are double. */
export function familyName(random: Random): string {
  const name = random.pick(families);
  return random.chance(0.12) ? `${name}-${random.pick(families)}` : name;
}

/** An invented given name; some are double. */
export function givenName(random: Random, sex: Sex): string {
  const list = sex === 1 ? men : women;
  const name = random.pick(list);
  return random.chance(0.06) ? `${name}-${random.pick(list)}` : name;
}

function words(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}
