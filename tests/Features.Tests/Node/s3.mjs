// A server that speaks S3, with one bucket: port, folder, bucket.
import S3rver from 's3rver';

const [port, directory, bucket] = process.argv.slice(2);
await new S3rver({ address: '127.0.0.1', port: Number(port), directory, silent: true, configureBuckets: [{ name: bucket }] }).run();
