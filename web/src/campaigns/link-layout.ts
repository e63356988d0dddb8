/** A link between two accounts: how rare what they share is, in bits. */
export type Linked = { readonly one: number; readonly other: number; readonly weight: number };

/** Where an account stands, in points from the middle, and in which direction from it. */
export type Spot = { readonly account: number; readonly x: number; readonly y: number };

/** The places of a campaign's accounts, and which of its links hold it together. */
export type Layout<Link extends Linked> = {
  readonly spots: ReadonlyMap<number, Spot>;
  readonly holding: readonly Link[];
  readonly others: readonly Link[];
  readonly radius: number;
};

type Tree = { readonly account: number; readonly children: Tree[]; leaves: number };

/**
 * Lays accounts out around the first: the strongest links that reach every account are the branches of a
 * tree, each account as far from the middle as it has links to it. The same accounts and links always stand
 * in the same places, and no two branches cross.
 */
export function layOut<Link extends Linked>(
  accounts: readonly number[],
  links: readonly Link[],
  size: { readonly ring: number; readonly spot: number },
): Layout<Link> {
  const { tree, holding } = growTree(accounts, links);
  const depth = depthOf(tree);
  // The first ring is wide enough for all leaves side by side, for they may all stand on it.
  const ring = Math.max(size.ring, size.spot / (2 * Math.sin(Math.PI / Math.max(2, tree.leaves))));
  const spots = new Map<number, Spot>();
  place(tree, { level: 0, from: 0, to: 2 * Math.PI }, ring, spots);
  const others = links.filter((link) => !holding.includes(link));
  return { spots, holding, others, radius: ring * depth };
}

/** Prim's tree: from the first account on, the heaviest link to whoever is not reached; ties in order. */
function growTree<Link extends Linked>(accounts: readonly number[], links: readonly Link[]) {
  const [first = 0] = accounts;
  const tree: Tree = { account: first, children: [], leaves: 1 };
  const reached = new Map([[first, tree]]);
  const holding: Link[] = [];
  const join = (to: Tree, account: number) => {
    const child: Tree = { account, children: [], leaves: 1 };
    to.children.push(child);
    reached.set(account, child);
  };
  for (let left = accounts.length - 1; left > 0; left -= 1) {
    const link = heaviest(links, reached);
    if (link === undefined) break;
    const [from, to] = reached.has(link.one) ? [link.one, link.other] : [link.other, link.one];
    join(reached.get(from) ?? tree, to);
    holding.push(link);
  }
  // Whoever no link reaches stands beside the others, and is joined to nobody.
  for (const account of accounts) if (!reached.has(account)) join(tree, account);
  countLeaves(tree);
  return { tree, holding };
}

function heaviest<Link extends Linked>(
  links: readonly Link[],
  reached: ReadonlyMap<number, Tree>,
): Link | undefined {
  const order = [...reached.keys()];
  const nearness = (link: Link) => order.indexOf(reached.has(link.one) ? link.one : link.other);
  return links
    .filter(({ one, other }) => reached.has(one) !== reached.has(other))
    .sort((a, b) => b.weight - a.weight || nearness(a) - nearness(b) || a.one - b.one || a.other - b.other)
    .at(0);
}

function countLeaves(tree: Tree): number {
  const below = tree.children.reduce((sum, child) => sum + countLeaves(child), 0);
  tree.leaves = Math.max(1, below);
  return tree.leaves;
}

function depthOf({ children }: Tree): number {
  return children.length === 0 ? 0 : 1 + Math.max(...children.map(depthOf));
}

type Sector = { readonly level: number; readonly from: number; readonly to: number };

function place(tree: Tree, at: Sector, ring: number, spots: Map<number, Spot>): void {
  const angle = (at.from + at.to) / 2;
  const far = at.level * ring;
  spots.set(tree.account, {
    account: tree.account,
    x: far * Math.cos(angle),
    y: far * Math.sin(angle),
  });
  let from = at.from;
  for (const child of tree.children) {
    const to = from + ((at.to - at.from) * child.leaves) / tree.leaves;
    place(child, { level: at.level + 1, from, to }, ring, spots);
    from = to;
  }
}
