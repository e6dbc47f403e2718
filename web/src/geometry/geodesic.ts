// The shortest line between two points of the WGS 84 ellipsoid: how long it is, and in which direction it begins
// (Vincenty's inverse solution; between points that do not lie opposite each other it agrees with
// sco_map/model/geodesy.py to less than a millimetre).

const EQUATOR_M = 6_378_137;
const FLATTENING = 1 / 298.257_223_563;
const POLE_M = EQUATOR_M * (1 - FLATTENING);
const DEGREE = Math.PI / 180;

/** It converges in a handful of rounds; near the opposite side of the earth it may not, and the last one has to do. */
const MOST_ROUNDS = 100;
const CLOSE_ENOUGH = 1e-13;

/** Longitude and latitude in degrees. */
export type LonLat = readonly [lon: number, lat: number];

/** Length in km, and the direction at the start in degrees from north, clockwise. */
export interface Course {
  km: number;
  azimuth: number;
}

export function courseBetween([fromLon, fromLat]: LonLat, [toLon, toLat]: LonLat): Course {
  const reduced = (lat: number) => Math.atan((1 - FLATTENING) * Math.tan(lat * DEGREE));
  const [u1, u2] = [reduced(fromLat), reduced(toLat)];
  const [sin1, cos1, sin2, cos2] = [Math.sin(u1), Math.cos(u1), Math.sin(u2), Math.cos(u2)];
  const apart = (toLon - fromLon) * DEGREE;
  let lambda = apart;
  let [sinSigma, cosSigma, sigma, cosAlpha2, cosMiddle2] = [0, 1, 0, 1, 0];
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const across = cos2 * Math.sin(lambda);
    const along = cos1 * sin2 - sin1 * cos2 * Math.cos(lambda);
    sinSigma = Math.hypot(across, along);
    if (sinSigma === 0) return { km: 0, azimuth: 180 };
    cosSigma = sin1 * sin2 + cos1 * cos2 * Math.cos(lambda);
    sigma = Math.atan2(sinSigma, cosSigma);
    const sinAlpha = (cos1 * across) / sinSigma;
    cosAlpha2 = 1 - sinAlpha ** 2;
    cosMiddle2 = cosAlpha2 === 0 ? 0 : cosSigma - (2 * sin1 * sin2) / cosAlpha2;
    const c = (FLATTENING / 16) * cosAlpha2 * (4 + FLATTENING * (4 - 3 * cosAlpha2));
    const before = lambda;
    const bend = cosMiddle2 + c * cosSigma * (2 * cosMiddle2 ** 2 - 1);
    lambda = apart + (1 - c) * FLATTENING * sinAlpha * (sigma + c * sinSigma * bend);
    if (Math.abs(lambda - before) < CLOSE_ENOUGH) break;
  }
  const square = (cosAlpha2 * (EQUATOR_M ** 2 - POLE_M ** 2)) / POLE_M ** 2;
  const a = 1 + (square / 16_384) * (4096 + square * (-768 + square * (320 - 175 * square)));
  const b = (square / 1024) * (256 + square * (-128 + square * (74 - 47 * square)));
  const quarter =
    cosSigma * (2 * cosMiddle2 ** 2 - 1) - (b / 6) * cosMiddle2 * (4 * sinSigma ** 2 - 3) * (4 * cosMiddle2 ** 2 - 3);
  const metres = POLE_M * a * (sigma - b * sinSigma * (cosMiddle2 + (b / 4) * quarter));
  const azimuth = Math.atan2(cos2 * Math.sin(lambda), cos1 * sin2 - sin1 * cos2 * Math.cos(lambda));
  return { km: metres / 1000, azimuth: azimuth / DEGREE };
}
