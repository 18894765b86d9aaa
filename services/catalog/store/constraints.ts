import { errors } from '../errors.ts';

/** Runs writes and turns the constraints that other requests can make fire into the contract's refusals. */
export async function refusing<T>(write: Promise<T>): Promise<T> {
  try {
    return await write;
  } catch (error) {
    const { constraint } = error as { constraint?: string };
    switch (constraint) {
      case 'store_slug_unique':
        throw errors.STORE_SLUG_TAKEN({}, { cause: error });
      case 'listing_handle_unique':
        throw errors.HANDLE_TAKEN({}, { cause: error });
      case 'variant_sku_unique':
        throw errors.SKU_TAKEN({}, { cause: error });
      case 'release_version_unique':
        throw errors.RELEASE_VERSION_TAKEN({}, { cause: error });
      default:
        throw error;
    }
  }
}
