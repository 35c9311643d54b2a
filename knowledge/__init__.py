"""What the service may say: reviewed entries, digests, and the law texts in force they rest on."""
