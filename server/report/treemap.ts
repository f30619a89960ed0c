/** A rectangle in the units of the map. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Divides a box among weights, in their order from the largest, so that the parts are as square as they can be (Bruls,
 * Huizing and van Wijk, "Squarified treemaps", 2000). The answer is in the order of the weights given.
 */
export function squarified(weights: readonly number[], box: Box): Box[] {
  const order = weights.map((_, index) => index).sort((a, b) => (weights[b] ?? 0) - (weights[a] ?? 0) || a - b);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const scale = total > 0 ? (box.width * box.height) / total : 0;
  const parts: Box[] = weights.map(() => ({ x: box.x, y: box.y, width: 0, height: 0 }));
  let left = box;
  for (let at = 0; at < order.length; ) {
    const side = Math.min(left.width, left.height);
    const areas: number[] = [];
    for (let next = at; next < order.length; next++) {
      const area = (weights[order[next] ?? 0] ?? 0) * scale;
      if (areas.length > 0 && worst([...areas, area], side) > worst(areas, side)) break;
      areas.push(area);
    }
    const placed = row(areas, left);
    placed.boxes.forEach((part, index) => {
      parts[order[at + index] ?? 0] = part;
    });
    left = placed.left;
    at += areas.length;
  }
  return parts;
}

/** The worst ratio of the sides in a row of areas along a side. */
function worst(areas: readonly number[], side: number): number {
  const sum = areas.reduce((total, area) => total + area, 0);
  const largest = areas[0] ?? 0;
  const smallest = areas.at(-1) ?? 0;
  if (smallest === 0 || side === 0) return Number.POSITIVE_INFINITY;
  return Math.max((side * side * largest) / (sum * sum), (sum * sum) / (side * side * smallest));
}

/** Areas along the shorter side of a box, and what is left of it. */
function row(areas: readonly number[], box: Box): { readonly boxes: Box[]; readonly left: Box } {
  const sum = areas.reduce((total, area) => total + area, 0);
  const isUpright = box.width >= box.height;
  const side = isUpright ? box.height : box.width;
  const depth = side === 0 ? 0 : sum / side;
  let offset = 0;
  const boxes = areas.map((area) => {
    const length = depth === 0 ? 0 : area / depth;
    const part = isUpright
      ? { x: box.x, y: box.y + offset, width: depth, height: length }
      : { x: box.x + offset, y: box.y, width: length, height: depth };
    offset += length;
    return part;
  });
  const left = isUpright
    ? { x: box.x + depth, y: box.y, width: Math.max(0, box.width - depth), height: box.height }
    : { x: box.x, y: box.y + depth, width: box.width, height: Math.max(0, box.height - depth) };
  return { boxes, left };
}
