import type { NextConfig } from 'next';

const config: NextConfig = {
  // Workspace packages are TypeScript sources.
  transpilePackages: [
    '@plaza/kernel',
    '@plaza/sdk',
    '@plaza/admin',
    '@plaza/catalog',
    '@plaza/discovery',
    '@plaza/identity',
    '@plaza/marketing',
    '@plaza/media',
    '@plaza/notifications',
    '@plaza/orders',
    '@plaza/payments',
    '@plaza/reviews',
    '@plaza/search',
    '@plaza/subscriptions',
  ],
  // `npm test` checks the types with the repository's own compiler.
  typescript: { ignoreBuildErrors: true },
  poweredByHeader: false,
  // Pictures come in the sizes we need from our own storage.
  images: { unoptimized: true },
  // The server in front answers for every host name.
  allowedDevOrigins: ['*.localhost'],
  experimental: {
    serverActions: {
      allowedOrigins: ['*.localhost', '*.localhost:*', 'localhost:*'],
      // A picture to search by, of 10 MiB at most, and the form around it.
      bodySizeLimit: '11mb',
    },
    proxyClientMaxBodySize: '11mb',
  },
};

export default config;
