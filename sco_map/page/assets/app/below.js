// Made from web/ by make web; sources eac8abb9e4735436d012cbe82777bcc3d37020951147412fd8128711a89786a4
var o="sco:draw-below",n=".sco-grid";function s(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{s as default};
