// Made from web/ by make web; sources af244d277e87832e446e10d755fccc6c7fb7bc568716d0a30b163fee7d27bd80
var o="sco:draw-below",n=".sco-grid";function s(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{s as default};
