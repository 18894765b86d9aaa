import { adminService } from '@plaza/admin';
import { catalogService } from '@plaza/catalog';
import { discoveryService } from '@plaza/discovery';
import { identityService } from '@plaza/identity';
import { marketingService } from '@plaza/marketing';
import { mediaService } from '@plaza/media';
import { notificationsService } from '@plaza/notifications';
import { ordersService } from '@plaza/orders';
import { paymentsService } from '@plaza/payments';
import { reviewsService } from '@plaza/reviews';
import type { AnyServiceDefinition } from '@plaza/runtime';
import { searchService } from '@plaza/search';
import { subscriptionsService } from '@plaza/subscriptions';

/** Every service of the house, from the ground floor up. A process runs all of them, or those it is told to. */
export const SERVICES: readonly AnyServiceDefinition[] = [
  identityService,
  mediaService,
  paymentsService,
  subscriptionsService,
  notificationsService,
  catalogService,
  searchService,
  marketingService,
  ordersService,
  discoveryService,
  reviewsService,
  adminService,
];
