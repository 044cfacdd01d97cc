/** Arithmetic of the plan: where tables may stand, what they snap to. Pure; units of the canvas. */

export const GRID = 20;
export const SMALLEST = 96;
const NEAR = 12;
export const SHAPES = {
  square: { word: "Square", icon: "crop_square", width: 140, height: 120 },
  round: { word: "Round", icon: "circle", width: 140, height: 140 },
  wide: { word: "Wide", icon: "rectangle", width: 240, height: 120 },
};

const clamp = (value, least, most) => Math.max(least, Math.min(most, value));
const onGrid = (value) => Math.round(value / GRID) * GRID;

/** The place inside the canvas, at least as large as a finger. */
export function inside(place, plan) {
  const width = clamp(Math.round(place.width), SMALLEST, plan.width);
  const height = clamp(Math.round(place.height), SMALLEST, plan.height);
  const x = clamp(Math.round(place.x), 0, plan.width - width);
  const y = clamp(Math.round(place.y), 0, plan.height - height);
  return { ...place, x, y, width, height };
}

/** The place on the grid, or in line with another table's edges or middle when that is nearer than a finger's width. */
export function snapped(place, others, plan) {
  const x = aligned(place.x, place.width, others.map((other) => [other.x, other.width]));
  const y = aligned(place.y, place.height, others.map((other) => [other.y, other.height]));
  return inside({ ...place, x, y }, plan);
}

function aligned(start, length, others) {
  const wanted = others.flatMap(([from, size]) => [from, from + size - length, from + Math.round((size - length) / 2)]);
  const near = wanted.filter((at) => Math.abs(at - start) <= NEAR).sort((a, b) => Math.abs(a - start) - Math.abs(b - start));
  return near.length ? near[0] : onGrid(start);
}

/** The size on the grid. */
export function resized(place, plan) {
  const width = clamp(onGrid(place.width), SMALLEST, plan.width - place.x);
  const height = clamp(onGrid(place.height), SMALLEST, plan.height - place.y);
  return inside({ ...place, width, height }, plan);
}

const apart = (a, b) => a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;

/** The first free spot of that shape, row by row; the corner when the section is full. */
export function freeSpot(others, shape, plan) {
  const { width, height } = SHAPES[shape];
  for (let y = GRID; y + height <= plan.height; y += GRID) {
    for (let x = GRID; x + width <= plan.width; x += GRID) {
      const room = { x: x - GRID, y: y - GRID, width: width + 2 * GRID, height: height + 2 * GRID };
      if (others.every((other) => apart(room, other))) return { x, y, width, height, shape };
    }
  }
  return { x: 0, y: 0, width, height, shape };
}

/** A table moved by arrow keys: dx, dy in steps of the grid; with `sizes` its size changes instead. */
export function nudged(place, dx, dy, sizes, plan) {
  if (sizes) return resized({ ...place, width: place.width + dx * GRID, height: place.height + dy * GRID }, plan);
  return inside({ ...place, x: onGrid(place.x) + dx * GRID, y: onGrid(place.y) + dy * GRID }, plan);
}
