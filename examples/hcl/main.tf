# The specification of two machines in plain HCL: no CDKTF, no Node program.

terraform {
  required_providers {
    zenlayer = {
      source = "registry.terraform.io/cdktf-zenlayer/zenlayer"
    }
  }
}

# Endpoint and keys come from the environment.
provider "zenlayer" {}

variable "bandwidth" {
  description = "Public bandwidth of the web server, in Mbps."
  type        = number
  default     = 200
}

# A machine by its name. By its id, an import block and a resource are enough: see edge below.
data "zenlayer_vm_instance" "web" {
  instance_name = "web"
}

# Adopting by import lets the first plan show real values before and after.
import {
  to = zenlayer_vm_instance_spec.web
  id = data.zenlayer_vm_instance.web.id
}

resource "zenlayer_vm_instance_spec" "web" {
  instance_id                = data.zenlayer_vm_instance.web.id
  instance_type              = "c.4c8g"
  internet_max_bandwidth_out = var.bandwidth
  on_downgrade               = "deny"
  max_immediate_charge       = 500
}

import {
  to = zenlayer_bmc_traffic_package.edge
  id = "900000000000000302"
}

resource "zenlayer_bmc_traffic_package" "edge" {
  instance_id          = "900000000000000302"
  traffic_package_size = 5
}

# Prices of what would change, for the review. The same values as above, never its attributes: those may be unknown while planning.
data "zenlayer_vm_spec_quote" "web" {
  instance_id                = data.zenlayer_vm_instance.web.id
  instance_type              = "c.4c8g"
  internet_max_bandwidth_out = var.bandwidth
}
