import { adminService } from '@plaza/admin';
import { catalogService } from '@plaza/catalog';
import { discoveryService } from '@plaza/discovery';
import { identityService } from '@plaza/identity';
import type { Client } from '@plaza/kernel';
import { marketingService } from '@plaza/marketing';
import { mediaService } from '@plaza/media';
import { notificationsService } from '@plaza/notifications';
import { ordersService } from '@plaza/orders';
import { paymentsService } from '@plaza/payments';
import { reviewsService } from '@plaza/reviews';
import type { AnyServiceDefinition } from '@plaza/runtime';
import { searchService } from '@plaza/search';
import { subscriptionsService } from '@plaza/subscriptions';

/** Every service of the house by its name, from the ground floor up. */
const BY_NAME = {
  identity: identityService,
  media: mediaService,
  payments: paymentsService,
  subscriptions: subscriptionsService,
  notifications: notificationsService,
  catalog: catalogService,
  search: searchService,
  marketing: marketingService,
  orders: ordersService,
  discovery: discoveryService,
  reviews: reviewsService,
  admin: adminService,
};

/** A process runs all of them, or those it is told to. */
export const SERVICES: readonly AnyServiceDefinition[] = Object.values(BY_NAME);

/** How each of them is called, wherever it runs. */
export type Clients = { readonly [Name in keyof typeof BY_NAME]: Client<(typeof BY_NAME)[Name]['contract']> };
