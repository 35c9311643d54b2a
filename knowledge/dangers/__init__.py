"""What people write when somebody is in danger, and when nobody is: examples in `*.yaml`, read by `examples`."""
