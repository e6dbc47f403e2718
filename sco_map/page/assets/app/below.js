// Made from web/ by make web; sources 19d9d54058ed6f2ae106ce833a2ccb80876007bbdd6082f131dd8d6c28734fc8
var o="sco:draw-below",n=".sco-grid";function l(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{l as default};
