import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Point } from '@plaza/kernel';
import fc from 'fast-check';
import { distanceKm, roughPoint, toldKm, withinCircle } from './distance.ts';

const BANGKOK = { latitude: 13.75, longitude: 100.5 };
const CHIANG_MAI = { latitude: 18.79, longitude: 98.98 };

const point: fc.Arbitrary<Point> = fc.record({
  latitude: fc.double({ min: -90, max: 90, noNaN: true }),
  longitude: fc.double({ min: -180, max: 180, noNaN: true }),
});

/** The angle between two vectors from the center of the Earth. */
function byVectors(a: Point, b: Point): number {
  const vector = ({ latitude, longitude }: Point): [number, number, number] => {
    const [up, around] = [(latitude * Math.PI) / 180, (longitude * Math.PI) / 180];
    return [Math.cos(up) * Math.cos(around), Math.cos(up) * Math.sin(around), Math.sin(up)];
  };
  const [[ax, ay, az], [bx, by, bz]] = [vector(a), vector(b)];
  const cross = Math.hypot(ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx);
  return 6371.0087714 * Math.atan2(cross, ax * bx + ay * by + az * bz);
}

test('distances are those of a map, and of a slow formula', () => {
  assert.ok(Math.abs(distanceKm(BANGKOK, CHIANG_MAI) - 583) < 2);
  assert.ok(
    Math.abs(distanceKm({ latitude: 51.51, longitude: -0.13 }, { latitude: 52.52, longitude: 13.41 }) - 932) < 3,
  );
  assert.ok(Math.abs(distanceKm({ latitude: 0, longitude: 179.9 }, { latitude: 0, longitude: -179.9 }) - 22.2) < 0.1);
  fc.assert(
    fc.property(point, point, (a, b) => Math.abs(distanceKm(a, b) - byVectors(a, b)) < 1e-3),
    { numRuns: 300 },
  );
});

test('the box around a circle leaves nothing out, at the poles and the date line too', () => {
  const near = fc.record({
    latitude: fc.double({ min: -6, max: 6, noNaN: true }),
    longitude: fc.double({ min: -8, max: 8, noNaN: true }),
  });
  fc.assert(
    fc.property(point, near, fc.integer({ min: 1, max: 500 }), (center, shift, km) => {
      const longitude = ((center.longitude + shift.longitude + 540) % 360) - 180;
      const other = { latitude: Math.max(-90, Math.min(90, center.latitude + shift.latitude)), longitude };
      return withinCircle(center, km)(other) === distanceKm(center, other) <= km;
    }),
    { numRuns: 500 },
  );
  assert.equal(withinCircle({ latitude: 89.9, longitude: 0 }, 50)({ latitude: 89.9, longitude: 180 }), true);
});

test('points are kept to about a kilometer, and distances told in whole ones', () => {
  assert.deepEqual(roughPoint({ latitude: 13.756331, longitude: 100.501765 }), BANGKOK_ROUGH);
  fc.assert(fc.property(point, (exact) => distanceKm(exact, roughPoint(exact)) < 0.8));
  assert.deepEqual([0, 0.4, 1.5, 12.4].map(toldKm), [1, 1, 2, 12]);
});

const BANGKOK_ROUGH = { latitude: 13.76, longitude: 100.5 };
