terraform {
  required_providers {
    zenlayer = { source = "registry.terraform.io/cdktf-zenlayer/zenlayer" }
  }
}

import {
  to = zenlayer_vm_instance_spec.web
  id = "900000000000000001"
}
resource "zenlayer_vm_instance_spec" "web" {
  instance_id = "900000000000000001"
  internet_max_bandwidth_out = 100
  on_destroy = "cancel_scheduled"
}

