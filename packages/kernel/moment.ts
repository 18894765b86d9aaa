import { z } from 'zod';

/** A time in UTC as callers give it: one that the database can keep, whose calendar has no year 0. */
export const Moment = z.iso.datetime().refine((text) => !text.startsWith('0000'), 'must be of a year that there was');
